import {
  FieldMapping,
  Finding,
  Place,
} from 'backstage-plugin-dataset-migration-common';
import { findingFor } from './findingFor';

/** The question that a use of an `ask` or `gone` field raises. */
export function questionFor(
  mapping: FieldMapping,
  place: Place,
  type: string,
): Finding {
  if (mapping.kind === 'ask') {
    return {
      ...findingFor('FIELD_NEEDS_JUDGEMENT', place, mapping.name),
      field: mapping.name,
      question: {
        text: mapping.question,
        options: mapping.options,
        ...(mapping.guide && { guide: mapping.guide }),
      },
    };
  }
  const gone = mapping.kind === 'gone' ? mapping : undefined;
  return {
    ...findingFor('FIELD_GONE', place, mapping.name),
    field: mapping.name,
    question: {
      text: `${mapping.name} is gone. ${gone?.reason ?? ''}`.trim(),
      // `drop` and `leave` are answers of their own; the one expression is a typed NULL.
      options: [{ label: 'Typed NULL', is: `CAST(NULL AS ${type})` }],
      ...(gone?.guide && { guide: gone.guide }),
    },
  };
}
