import { InputError, isError } from '@backstage/errors';
import {
  DatasetMapping,
  FieldAnswer,
  HostileInput,
  parseFieldAnswer,
  PositionedYaml,
} from 'backstage-plugin-dataset-migration-common';
import { readInput } from './loadPlan';

const MAX_ANSWERS = 10_000;

/**
 * Answers to the questions of `ask` and `gone` fields, from a YAML file: by field
 * (`score: { is: quality_score }`, `legacy_id: drop`, `null` or `leave`), or as a list
 * whose entries may name a `path` that they are for.
 *
 * @throws InputError with the line of the answer that is wrong.
 */
export async function readAnswers(
  file: string,
  mapping: DatasetMapping,
): Promise<FieldAnswer[]> {
  const yaml = new PositionedYaml(await readInput(file, 'file of answers'));
  const [broken] = yaml.problems;
  if (broken) {
    throw new InputError(
      `${file}:${broken.line}:${broken.column}: ${broken.message}`,
    );
  }
  const list = Array.isArray(yaml.value);
  const entries = list
    ? new HostileInput(yaml.value, 'answers')
        .list(MAX_ANSWERS)
        .map((input, index) => ({ key: index, value: input.value }))
    : new HostileInput(yaml.value, 'answers')
        .record(MAX_ANSWERS)
        .map(([field, { value }]) => ({
          key: field,
          value: { field, answer: value },
        }));
  return entries.map(({ key, value }) => {
    try {
      return checked(value, mapping);
    } catch (error) {
      if (!isError(error) || error.name !== 'InputError') {
        throw error;
      }
      const { line, column } = yaml.problem('', [key], '');
      throw new InputError(`${file}:${line}:${column}: ${error.message}`);
    }
  });
}

function checked(value: unknown, mapping: DatasetMapping): FieldAnswer {
  const answer = parseFieldAnswer(new HostileInput(inFull(value), 'answer'));
  const field = mapping.fields.find(
    ({ name }) => name.toLowerCase() === answer.field.toLowerCase(),
  );
  const open = mapping.fields
    .filter(({ kind }) => kind === 'ask' || kind === 'gone')
    .map(({ name }) => name);
  if (field?.kind !== 'ask' && field?.kind !== 'gone') {
    throw new InputError(
      `The plan asks nothing about ${answer.field}; it asks about ${
        open.join(', ') || 'no field'
      }.`,
    );
  }
  return { ...answer, field: field.name };
}

/** The short forms of an answer, written out. */
function inFull(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('answer' in value)) {
    return value;
  }
  const { answer } = value;
  if (answer === null || typeof answer === 'string') {
    return { ...value, answer: { kind: answer ?? 'null' } };
  }
  const short =
    typeof answer === 'object' && 'is' in answer && !('kind' in answer);
  return short
    ? { ...value, answer: { kind: 'expression', ...answer } }
    : value;
}
