import {
  EquivalenceCase,
  Evidence,
  MutationScore,
  Verdict,
} from 'backstage-plugin-dataset-migration-common';
import { EquivalenceInput } from './EquivalenceInput';
import { ProverEnd, runProver } from './process/runProver';
import { mutationScore, proofCoverage } from './prove/addUpProofs';
import { noMutants, StatementProof } from './prove/StatementProof';
import { ProofReason } from './reasons';

const MAX_QUERY_MS = 10_000;
/** Worst first: the whole is as good as its worst part. */
const SEVERITY: Verdict[] = ['failed', 'inconclusive', 'not-run', 'passed'];

const ENDS: Record<
  Exclude<ProverEnd, 'done'>,
  [reason: ProofReason, text: string]
> = {
  timeout: ['TIMEOUT', 'The proof did not end in the given time'],
  memory: ['MEMORY_LIMIT', 'The proof needed more memory than it was given'],
  crashed: ['PROVER_CRASHED', 'The process of the proof ended unexpectedly'],
};

function unfinished(
  statement: EquivalenceInput['statements'][number],
  end: ProverEnd,
  detail: string,
): StatementProof {
  const [reason, text] = ENDS[end === 'done' ? 'crashed' : end];
  return {
    case: {
      path: statement.path,
      label: statement.label,
      verdict: 'inconclusive',
      reason,
      message: end === 'crashed' && detail ? `${text}: ${detail}` : text,
      inputRows: {},
      outputRows: 0,
    },
    mutants: noMutants(),
    opaqueFunctions: [],
    errorsNotCompared: false,
  };
}

/** Proves what it can; a statement that takes the process down does not cost the others theirs. */
async function proveAll(input: EquivalenceInput): Promise<StatementProof[]> {
  const proofs = new Map<number, StatementProof>();
  const deadline = Date.now() + input.limits.timeoutMs;
  let open = input.statements.map((_, index) => index);
  while (open.length > 0) {
    const remaining = deadline - Date.now();
    const batch = open;
    const { end, messages, detail } = await runProver(
      {
        task: 'prove',
        input: {
          ...input,
          statements: batch.map(index => input.statements[index]),
        },
        queryTimeoutMs: Math.max(100, Math.min(MAX_QUERY_MS, remaining / 4)),
      },
      { ...input.limits, timeoutMs: Math.max(remaining, 1) },
    );
    let last: number | undefined;
    let message = detail;
    for (const item of messages) {
      if (item.type === 'started') last = item.index;
      if (item.type === 'error') message = item.message;
      if (item.type === 'proof') proofs.set(batch[item.index], item.proof);
    }
    const culprit = last === undefined ? undefined : batch[last];
    if (culprit !== undefined && !proofs.has(culprit)) {
      proofs.set(culprit, unfinished(input.statements[culprit], end, message));
    }
    open = batch.filter(index => !proofs.has(index));
    if (end === 'timeout' || culprit === undefined) {
      for (const index of open) {
        proofs.set(index, unfinished(input.statements[index], end, message));
      }
      open = [];
    }
  }
  return input.statements.map(
    (statement, index) =>
      proofs.get(index) ?? unfinished(statement, 'crashed', ''),
  );
}

const MAX_ASSUMED = 12;

/** What the texts rest on that is not in the repository, or that a setting changes. */
function restsOn(statements: EquivalenceInput['statements']): string {
  const all = [...new Set(statements.flatMap(({ assumed }) => assumed ?? []))];
  const named = all.sort().slice(0, MAX_ASSUMED).join(', ');
  const more = all.length - MAX_ASSUMED;
  return all.length === 0
    ? ''
    : `; taken for what they print: ${named}${
        more > 0 ? ` and ${more} more` : ''
      }`;
}

function summarize(
  statements: EquivalenceInput['statements'],
  cases: EquivalenceCase[],
  verdict: Verdict,
  worst: EquivalenceCase | undefined,
  mutants: MutationScore,
): string {
  const queries = cases.length === 1 ? '1 query' : `${cases.length} queries`;
  if (verdict === 'passed') {
    const rows = cases.reduce((sum, item) => sum + item.outputRows, 0);
    return `Old and new agree on ${queries} (${rows} rows compared); ${
      mutants.killed
    } of ${mutants.generated} deliberate mistakes were noticed${restsOn(
      statements,
    )}`;
  }
  const place = worst ? `${worst.path}, ${worst.label}: ` : '';
  return `${place}${worst?.message ?? 'Nothing was compared'}`;
}

/**
 * Proves that rewritten queries agree with the old ones under a mapping: the
 * new dataset is filled with generated rows, the old one is the mapping's view
 * over it, and both queries run in an embedded DuckDB in a child process.
 *
 * @remarks
 * Never throws because of what a query holds: whatever cannot be compared is
 * `inconclusive` with a reason. The same input gives the same evidence.
 */
export async function proveEquivalence(
  input: EquivalenceInput,
): Promise<Evidence> {
  const proofs = await proveAll(input);
  const cases = proofs.map(proof => proof.case);
  const mutants = mutationScore(proofs);
  const coverage = proofCoverage(proofs);
  const verdict =
    SEVERITY.find(item => cases.some(({ verdict: own }) => own === item)) ??
    'not-run';
  const worst =
    verdict === 'passed'
      ? undefined
      : cases.find(({ verdict: own }) => own === verdict);
  const reason = cases.length === 0 ? 'NO_QUERIES' : worst?.reason;
  return {
    verifier: 'equivalence',
    rung: 'equivalent',
    verdict,
    ...(verdict !== 'passed' && { reason: reason ?? 'NOT_RUNNABLE' }),
    summary: summarize(input.statements, cases, verdict, worst, mutants),
    paths: [...new Set(input.statements.map(({ path }) => path))],
    proof: {
      mappingVersion: input.mapping.version,
      seed: input.seed,
      cases,
      mutants,
      ...(coverage && { coverage }),
      opaqueFunctions: [
        ...new Set(proofs.flatMap(proof => proof.opaqueFunctions)),
      ].sort(),
      errorsNotCompared: proofs.some(proof => proof.errorsNotCompared),
    },
  };
}
