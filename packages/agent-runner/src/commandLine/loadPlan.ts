import { readFile, stat } from 'fs/promises';
import { dirname, relative, resolve } from 'path';
import { InputError } from '@backstage/errors';
import {
  buildMapping,
  DataContract,
  DatasetMapping,
  MigrationPlan,
  parseContract,
  parsePlan,
  PositionedYaml,
} from 'backstage-plugin-dataset-migration-common';
import { checkMapping } from 'dataset-migration-equivalence';
import { FileProblem } from './CommandDocument';
import { placeMappingProblem } from './placeMappingProblem';

/** Of a plan, a contract or a file of answers, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** The version of a mapping outside of a portal, which counts changes. */
export const LOCAL_VERSION = 1;

export interface LoadedPlan {
  plan?: MigrationPlan;
  /** Absent where the plan or a contract has errors. */
  mapping?: DatasetMapping;
  problems: FileProblem[];
  /** Binds the mapping's expressions in a database; more problems. */
  bind(): Promise<FileProblem[]>;
}

/**
 * Reads a plan and the contracts that it names by path, relative to the plan.
 *
 * @throws InputError where the plan itself cannot be read.
 */
export async function loadPlan(file: string): Promise<LoadedPlan> {
  const text = await readInput(file, 'plan');
  const first = parsePlan(text);
  const inPlan = (problems: typeof first.problems) =>
    problems.map(problem => ({ file, ...problem }));
  const nothing = async () => [];
  if (!first.plan) {
    return { problems: inPlan(first.problems), bind: nothing };
  }
  const from = await loadContract(file, text, 'from', first.plan);
  const to = await loadContract(file, text, 'to', first.plan);
  const { plan = first.plan, problems: own } = parsePlan(text, {
    fromContract: from.contract,
    toContract: to.contract,
  });
  const problems = [...inPlan(own), ...from.problems, ...to.problems];
  if (!from.contract || !to.contract || hasErrors(problems)) {
    return { plan, problems, bind: nothing };
  }
  const mapping = buildMapping({
    plan,
    fromContract: from.contract,
    toContract: to.contract,
    version: LOCAL_VERSION,
  });
  return {
    plan,
    mapping,
    problems,
    bind: async () =>
      (await checkMapping({ mapping })).map(problem => ({
        file,
        ...placeMappingProblem(problem, text),
      })),
  };
}

export function hasErrors(problems: FileProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

async function loadContract(
  planFile: string,
  planText: string,
  side: 'from' | 'to',
  plan: MigrationPlan,
): Promise<{ contract?: DataContract; problems: FileProblem[] }> {
  const written = plan.spec[side].contract;
  const refuse = (message: string) => ({
    problems: [
      {
        file: planFile,
        ...new PositionedYaml(planText).problem(
          'CONTRACT_NOT_READABLE',
          ['spec', side, 'contract'],
          message,
          { at: 'value' },
        ),
      },
    ],
  });
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(written)) {
    return refuse(
      `${written} is a web address, and the command line reads files only. Download it and give its path relative to the plan.`,
    );
  }
  const [path, schema] = written.split('#');
  const file = besides(planFile, path);
  let text: string;
  try {
    text = await readInput(file, 'contract');
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const parsed = parseContract(text, schema ? { schema } : {});
  return {
    contract: parsed.contract,
    problems: parsed.problems.map(problem => ({ file, ...problem })),
  };
}

/** A path relative to another file, as short as it can be shown. */
function besides(file: string, path: string): string {
  const absolute = resolve(dirname(file), path);
  const short = relative('', absolute);
  return short.startsWith('..') ? absolute : short;
}

/** A text that a person gave. @throws InputError with what to do. */
export async function readInput(file: string, what: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      throw new InputError(
        `The ${what} ${file} has ${size} bytes; at most ${MAX_BYTES} are read.`,
      );
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(
      await readFile(file),
    );
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    throw new InputError(
      `The ${what} ${file} cannot be read: ${
        error instanceof TypeError
          ? 'it is not encoded in UTF-8'
          : (error as NodeJS.ErrnoException).code ?? error
      }. Check the path.`,
    );
  }
}
