import { FieldMapping } from 'backstage-plugin-dataset-migration-common';
import { RewriteContext } from '../rewrite/FileRewriter';

const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** The mapped fields that a read needs. */
export function fieldsOf(
  uses: ReadonlyArray<{ field?: string; context: string }>,
  columns: readonly string[] | undefined,
  { mapping }: RewriteContext,
): FieldMapping[] {
  const named = new Set(
    [...(columns ?? []), ...uses.flatMap(({ field }) => field ?? [])].map(
      name => name.toLowerCase(),
    ),
  );
  return mapping.fields.filter(
    ({ name }) => columns === undefined || named.has(name.toLowerCase()),
  );
}

function keepsRows({ mapping }: RewriteContext): boolean {
  return mapping.rows.grain === 'same' && mapping.rows.where === undefined;
}

function typesOf(name: string, to: string, { mapping }: RewriteContext) {
  const find = (side: typeof mapping.from, field: string) =>
    side.contract.fields.find(
      each => each.name.toLowerCase() === field.toLowerCase(),
    );
  return { old: find(mapping.from, name), next: find(mapping.to, to) };
}

/** Everything that is read has kept its name and its type. */
export function isNameOnly(
  used: readonly FieldMapping[],
  context: RewriteContext,
) {
  return (
    keepsRows(context) &&
    used.every(field => field.kind === 'same' && keepsType(field, context))
  );
}

/** A field that has another type, or may be NULL where it may not before. */
export function changedType(
  used: readonly FieldMapping[],
  context: RewriteContext,
): string | undefined {
  return used.find(field => !keepsType(field, context))?.name;
}

function keepsType(field: FieldMapping, context: RewriteContext): boolean {
  if (field.kind === 'ask' || field.kind === 'gone') {
    return false;
  }
  const { old, next } = typesOf(field.name, field.is, context);
  return (
    old !== undefined &&
    next !== undefined &&
    old.type === next.type &&
    old.required === next.required
  );
}

/** Everything that is read has at most another name. */
export function areRenames(
  used: readonly FieldMapping[],
  context: RewriteContext,
) {
  return (
    keepsRows(context) &&
    used.every(
      field =>
        (field.kind === 'same' || field.kind === 'rename') &&
        PLAIN_NAME.test(field.is) &&
        keepsType(field, context),
    )
  );
}

/** A query's fields may all be NULL, so a class made of it has other types than one made of a table. */
export function requiredField(
  used: readonly FieldMapping[],
  { mapping }: RewriteContext,
): string | undefined {
  return used.find(({ name }) =>
    mapping.from.contract.fields.some(
      field => field.name === name && (field.required || field.primaryKey),
    ),
  )?.name;
}
