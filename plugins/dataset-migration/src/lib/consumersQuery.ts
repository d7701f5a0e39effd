import { ProgressSegment } from './progressSegments';

/** The part of an address that lists the consumers behind a number. */
export function consumersQuery(filter: ProgressSegment['filter']): string {
  const query = new URLSearchParams({ view: 'consumers' });
  for (const [name, values] of Object.entries(filter)) {
    for (const value of values ?? []) {
      query.append(name, value);
    }
  }
  return `?${query}`;
}
