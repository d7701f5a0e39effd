import {
  Evidence,
  SampleReport,
  Verdict,
} from 'backstage-plugin-dataset-migration-common';
import { ProverLimits } from '../EquivalenceInput';
import { runProver } from '../process/runProver';
import { SampleAnswer, SampleRequest } from './SampleRequest';
import { ProofCase } from '../reasons';

/** What a sample is asked, and in what bounds. */
export type SampleInput = Omit<SampleRequest, 'memoryMb' | 'statements'> & {
  limits: ProverLimits;
};

const MAX_QUERY_MS = 10_000;
const SEVERITY: Verdict[] = ['failed', 'inconclusive', 'not-run', 'passed'];

async function ask(
  { limits, ...input }: SampleInput,
  statements?: SampleRequest['statements'],
): Promise<{ answers: SampleAnswer[]; failure?: string }> {
  const { end, messages, detail } = await runProver(
    {
      task: 'sample',
      request: {
        ...input,
        ...(statements && { statements }),
        memoryMb: limits.memoryMb,
      },
      queryTimeoutMs: Math.min(MAX_QUERY_MS, limits.timeoutMs / 4),
    },
    limits,
  );
  const answers = messages.flatMap(message =>
    message.type === 'sample' ? [message.answer] : [],
  );
  const broken = messages.find(message => message.type === 'error');
  return end === 'done'
    ? { answers }
    : {
        answers,
        failure: broken?.type === 'error' ? broken.message : `${end} ${detail}`,
      };
}

/**
 * Checks contracts and mapping against a sample of the real data, once per migration:
 * drift of columns, types, NULLs and values, and the old sample against the view.
 *
 * @throws Error where the sample cannot be read
 */
export async function checkSample(input: SampleInput): Promise<SampleReport> {
  const { answers, failure } = await ask(input);
  for (const answer of answers) {
    if (answer.kind === 'report') {
      return answer.report;
    }
  }
  throw new Error(`The sample could not be checked: ${failure}`);
}

/** Runs rewritten queries and their originals on a sample of the real data. */
export async function compareQueriesOnSample(
  input: SampleInput & {
    statements: NonNullable<SampleRequest['statements']>;
    seed: number;
  },
): Promise<Evidence> {
  const { statements, seed, ...rest } = input;
  const { answers, failure } = await ask(rest, statements);
  const opaque = new Set<string>();
  const cases: ProofCase[] = [];
  for (const answer of answers) {
    if (answer.kind === 'case') {
      cases.push(answer.case);
      answer.opaqueFunctions.forEach(name => opaque.add(name));
    }
  }
  for (const { path, label } of statements.slice(cases.length)) {
    cases.push({
      path,
      label,
      verdict: 'inconclusive',
      reason: 'SAMPLE_NOT_READ',
      message: `The process ended early: ${failure}`.slice(0, 1000),
      inputRows: {},
      outputRows: 0,
    });
  }
  const verdict =
    SEVERITY.find(item => cases.some(each => each.verdict === item)) ??
    'not-run';
  const worst = cases.find(each => each.verdict === verdict);
  const rows = cases.reduce((sum, { outputRows }) => sum + outputRows, 0);
  return {
    verifier: 'equivalent-on-sample',
    rung: 'equivalent-on-sample',
    verdict,
    ...(verdict !== 'passed' && { reason: worst?.reason ?? 'NO_QUERIES' }),
    summary:
      verdict === 'passed'
        ? `Old and new agree on ${
            cases.length === 1 ? '1 query' : `${cases.length} queries`
          } over the sample (${rows} rows compared).`
        : `${worst ? `${worst.path}, ${worst.label}: ` : ''}${
            worst?.message ?? 'The change holds no query.'
          }`,
    paths: [...new Set(statements.map(({ path }) => path))],
    proof: {
      mappingVersion: input.mapping.version,
      seed,
      cases,
      mutants: { generated: 0, killed: 0 },
      opaqueFunctions: [...opaque].sort(),
      errorsNotCompared: false,
    },
  };
}
