import {
  ContractField,
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';

/** One old field, as the view that stands for the old dataset gives it. */
export interface ViewField {
  field: ContractField;
  value:
    | { kind: 'expression'; is: string }
    | { kind: 'null'; dropped: boolean }
    /** Nobody has decided: an opaque generated column. */
    | { kind: 'opaque' };
}

/** Puts the owner's answers for a file into the mapping's fields. */
export function resolveFields(
  mapping: DatasetMapping,
  answers: FieldAnswer[],
  path: string,
): ViewField[] {
  const contract = new Map(
    mapping.from.contract.fields.map(field => [
      field.name.toLowerCase(),
      field,
    ]),
  );
  return mapping.fields.flatMap((entry): ViewField[] => {
    const field = contract.get(entry.name.toLowerCase());
    if (!field) return [];
    if (entry.kind !== 'ask' && entry.kind !== 'gone') {
      return [{ field, value: { kind: 'expression', is: entry.is } }];
    }
    const mine = answers.filter(
      answer => answer.field.toLowerCase() === entry.name.toLowerCase(),
    );
    // An answer for this file is more specific than one for the target.
    const answer = (
      mine.find(item => item.path === path) ??
      mine.find(item => item.path === undefined)
    )?.answer;
    switch (answer?.kind) {
      case 'expression':
        return [{ field, value: { kind: 'expression', is: answer.is } }];
      case 'null':
        return [{ field, value: { kind: 'null', dropped: false } }];
      case 'drop':
        return [{ field, value: { kind: 'null', dropped: true } }];
      default:
        return [{ field, value: { kind: 'opaque' } }];
    }
  });
}
