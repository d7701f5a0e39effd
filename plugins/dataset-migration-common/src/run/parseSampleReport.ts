import { HostileInput } from './HostileInput';
import { need } from './parseChecked';
import { parseCase } from './parseEvidence';
import { parseReason } from './parseFinding';
import { RUN_LIMITS } from './runLimits';
import { SampleProblem, SampleReport } from './SampleReport';

const SIDES = ['from', 'to'] as const;
const MAX_PROBLEMS = 10_000;
const text = (input: HostileInput) => input.text(RUN_LIMITS.text);

/**
 * Checks what a runner says of a sample.
 *
 * @throws InputError with the place that is wrong.
 */
export function parseSampleReport(input: HostileInput): SampleReport {
  const report = input.object(['tables', 'drift', 'mapping']);
  return {
    tables: need(input, report, 'tables', child =>
      child.list(SIDES.length).map(parseTable),
    ),
    drift: need(input, report, 'drift', child =>
      child.list(MAX_PROBLEMS).map(parseProblem),
    ),
    mapping: need(input, report, 'mapping', child =>
      parseCase(child, { path: each => each.text(1000) }),
    ),
  };
}

function parseTable(input: HostileInput): SampleReport['tables'][number] {
  const table = input.object(['side', 'name', 'rows', 'complete']);
  return {
    side: need(input, table, 'side', child => child.oneOf(SIDES)),
    name: need(input, table, 'name', text),
    rows: need(input, table, 'rows', child => child.integer(0, 1e9)),
    complete: need(input, table, 'complete', child => child.boolean()),
  };
}

function parseProblem(input: HostileInput): SampleProblem {
  const problem = input.object([
    'side',
    'field',
    'code',
    'severity',
    'message',
  ]);
  return {
    side: need(input, problem, 'side', child => child.oneOf(SIDES)),
    field: need(input, problem, 'field', text),
    code: need(input, problem, 'code', parseReason),
    severity: need(input, problem, 'severity', child =>
      child.oneOf(['warning', 'error'] as const),
    ),
    message: need(input, problem, 'message', text),
  };
}
