import { OldRead, Refusal } from './Reads';
import { ResolveContext } from './ResolveContext';

/** Names that are read behind a star and can only be fields that the contract does not list. */
export function unlistedFields(
  { oldFields }: ResolveContext,
  { stars, select }: OldRead,
): Refusal[] {
  const given = new Set(
    select?.items.map(({ alias }) => alias?.toLowerCase()) ?? [],
  );
  return stars.flatMap(({ demand, sole }) =>
    [...demand.names].flatMap(([name, readers]) =>
      readers
        .filter(
          ({ certain, sink, start }) =>
            sole &&
            certain &&
            sink &&
            start >= 0 &&
            !given.has(name) &&
            !oldFields.includes(name),
        )
        .map(({ start, end }) => ({
          reason: 'FIELD_NOT_IN_CONTRACT',
          start,
          end,
          detail: name,
        })),
    ),
  );
}
