import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { MappingProblem } from './MappingProblem';
import { runProver } from './process/runProver';

const LIMITS = { timeoutMs: 30_000, memoryMb: 512 };

/**
 * Checks a mapping's expressions: each is one expression without window,
 * subquery or volatile function, binds against the new contract, and has the
 * type of the old field by the committed type table of the dialect.
 *
 * @throws Error when the checking process does not come to an end
 */
export async function checkMapping(input: {
  mapping: DatasetMapping;
}): Promise<MappingProblem[]> {
  const { end, messages, detail } = await runProver(
    { task: 'check-mapping', mapping: input.mapping, queryTimeoutMs: 10_000 },
    LIMITS,
  );
  for (const message of messages) {
    if (message.type === 'problems') return message.problems;
  }
  const failure = messages.find(message => message.type === 'error');
  throw new Error(
    `The mapping could not be checked (${end}): ${
      failure?.type === 'error' ? failure.message : detail
    }`,
  );
}
