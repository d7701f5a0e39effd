import {
  EquivalenceCase,
  EquivalenceProof,
  Evidence,
  MissedCondition,
  MutationScore,
  PrintableTable,
  ProofCoverage,
  RUNGS,
  Verdict,
} from '../change/Evidence';
import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';
import { parseReason } from './parseFinding';
import { RUN_LIMITS } from './runLimits';

const VERDICTS: readonly Verdict[] = [
  'passed',
  'failed',
  'inconclusive',
  'not-run',
];
const MAX_COUNT = Number.MAX_SAFE_INTEGER;
const verdict = (input: HostileInput) => input.oneOf(VERDICTS);
const count = (input: HostileInput) => input.integer(0, MAX_COUNT);
const text = (input: HostileInput) => input.text(RUN_LIMITS.text);

/** One verifier's verdict as a runner reports it. */
export function parseEvidence(input: HostileInput): Evidence {
  const evidence = input.object([
    'verifier',
    'rung',
    'verdict',
    'reason',
    'summary',
    'paths',
    'proof',
  ]);
  const parsed: Evidence = {
    verifier: need(input, evidence, 'verifier', child =>
      child.matching(/^[a-z][a-z0-9-]*$/, 'the id of a verifier', 100),
    ),
    ...maybe(evidence, 'rung', child => child.oneOf(RUNGS)),
    verdict: need(input, evidence, 'verdict', verdict),
    ...maybe(evidence, 'reason', parseReason),
    summary: need(input, evidence, 'summary', text),
    paths: need(input, evidence, 'paths', child =>
      child.list(RUN_LIMITS.files).map(path => path.filePath()),
    ),
    ...maybe(evidence, 'proof', parseProof),
  };
  if (parsed.verdict !== 'passed' && parsed.reason === undefined) {
    return input.refuse('given a reason, since it did not pass');
  }
  return parsed;
}

function parseProof(input: HostileInput): EquivalenceProof {
  const proof = input.object([
    'mappingVersion',
    'seed',
    'cases',
    'mutants',
    'coverage',
    'opaqueFunctions',
    'errorsNotCompared',
  ]);
  return {
    mappingVersion: need(input, proof, 'mappingVersion', count),
    seed: need(input, proof, 'seed', child =>
      child.integer(-MAX_COUNT, MAX_COUNT),
    ),
    cases: need(input, proof, 'cases', child =>
      child.list(RUN_LIMITS.cases).map(each => parseCase(each)),
    ),
    mutants: need(input, proof, 'mutants', parseMutants),
    ...maybe(proof, 'coverage', parseCoverage),
    opaqueFunctions: need(input, proof, 'opaqueFunctions', child =>
      child.list(1000).map(name => name.text(500)),
    ),
    errorsNotCompared: need(input, proof, 'errorsNotCompared', child =>
      child.boolean(),
    ),
  };
}

function parseMutants(input: HostileInput): MutationScore {
  const mutants = input.object([
    'generated',
    'killed',
    'equivalent',
    'survivors',
  ]);
  return {
    generated: need(input, mutants, 'generated', count),
    killed: need(input, mutants, 'killed', count),
    ...maybe(mutants, 'equivalent', count),
    ...maybe(mutants, 'survivors', child => child.list(1000).map(text)),
  };
}

function parseCoverage(input: HostileInput): ProofCoverage {
  const coverage = input.object(['outputRows', 'branches', 'missed']);
  return {
    outputRows: need(input, coverage, 'outputRows', count),
    branches: need(input, coverage, 'branches', child => {
      const branches = child.object(['found', 'hit']);
      return {
        found: need(child, branches, 'found', count),
        hit: need(child, branches, 'hit', count),
      };
    }),
    missed: need(input, coverage, 'missed', child =>
      child.list(1000).map(parseMissed),
    ),
  };
}

function parseMissed(input: HostileInput): MissedCondition {
  const missed = input.object(['path', 'label', 'condition', 'never']);
  return {
    path: need(input, missed, 'path', child => child.filePath()),
    label: need(input, missed, 'label', child => child.text(1000)),
    condition: need(input, missed, 'condition', text),
    never: need(input, missed, 'never', child =>
      child.oneOf(['true', 'false'] as const),
    ),
  };
}

/** @param options.path - how its path is read; a file of the repository by default. */
export function parseCase(
  input: HostileInput,
  options: { path(input: HostileInput): string } = {
    path: child => child.filePath(),
  },
): EquivalenceCase {
  const each = input.object([
    'path',
    'label',
    'verdict',
    'reason',
    'message',
    'inputRows',
    'outputRows',
    'counterexample',
  ]);
  return {
    path: need(input, each, 'path', options.path),
    label: need(input, each, 'label', child => child.text(1000)),
    verdict: need(input, each, 'verdict', verdict),
    ...maybe(each, 'reason', parseReason),
    ...maybe(each, 'message', text),
    inputRows: need(input, each, 'inputRows', child =>
      Object.fromEntries(
        child.record(200).map(([key, rows]) => [key, count(rows)]),
      ),
    ),
    outputRows: need(input, each, 'outputRows', count),
    ...maybe(each, 'counterexample', child => {
      const example = child.object(['inputs', 'old', 'new']);
      return {
        inputs: need(child, example, 'inputs', inputs =>
          Object.fromEntries(
            inputs.record(200).map(([key, table]) => [key, parseTable(table)]),
          ),
        ),
        old: need(child, example, 'old', parseTable),
        new: need(child, example, 'new', parseTable),
      };
    }),
  };
}

function parseTable(input: HostileInput): PrintableTable {
  const table = input.object(['columns', 'rows']);
  return {
    columns: need(input, table, 'columns', child =>
      child.list(2000).map(column => column.text(1000)),
    ),
    rows: need(input, table, 'rows', child =>
      child
        .list(RUN_LIMITS.rows)
        .map(row =>
          row.list(2000).map(cell => (cell.value === null ? null : text(cell))),
        ),
    ),
  };
}
