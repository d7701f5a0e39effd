import { Api } from 'backstage-plugin-dataset-migration-common';

/** A question about one field; the answer counts for the whole target. */
export interface OpenQuestion {
  field: string;
  text: string;
  options: { label: string; is: string }[];
  guide?: string;
  /** Where the field is used, `path:line`. */
  places: string[];
}

/** Questions that no answer covers yet, one for each field. */
export function openQuestions(detail: Api.TargetDetail): OpenQuestion[] {
  const answered = new Set(detail.answers.map(answer => answer.field));
  const byField = new Map<string, OpenQuestion>();
  for (const finding of detail.change?.findings ?? []) {
    const { field, question, place } = finding;
    if (!field || !question || answered.has(field)) {
      continue;
    }
    const known = byField.get(field) ?? { field, ...question, places: [] };
    if (place) {
      known.places.push(`${place.path}:${place.line}`);
    }
    byField.set(field, known);
  }
  return [...byField.values()];
}

/** What a chosen radio means for the API: an option's expression, or one of the general answers. */
export function answerFor(
  question: OpenQuestion,
  choice: string,
): Api.FieldAnswer {
  const option = question.options[Number(choice)];
  if (/^\d+$/.test(choice) && option) {
    return {
      field: question.field,
      answer: { kind: 'expression', is: option.is },
    };
  }
  return {
    field: question.field,
    answer: { kind: choice as 'null' | 'drop' | 'leave' },
  };
}

/** Answers that every question has beside its own options. */
export const GENERAL_ANSWERS = [
  { choice: 'null', label: 'Put null in its place' },
  { choice: 'drop', label: 'Leave the column out of the result' },
  { choice: 'leave', label: 'Leave this use as it is' },
];
