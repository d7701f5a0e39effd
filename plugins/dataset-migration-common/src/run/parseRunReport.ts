import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';
import { parseRunResult } from './parseRunResult';
import { RUN_LIMITS } from './runLimits';
import { RunReport } from './RunResult';

/**
 * Checks a report of hostile origin. Whether attempt and token are current is the
 * caller's to decide.
 *
 * @throws InputError with the place that is wrong.
 */
export function parseRunReport(
  value: unknown,
  options: { maxPatchBytes?: number } = {},
): RunReport {
  const input = new HostileInput(value, 'report');
  const report = input.object([
    'attempt',
    'token',
    'reportId',
    'kind',
    'message',
    'lines',
    'result',
  ]);
  const parsed: RunReport = {
    attempt: need(input, report, 'attempt', child =>
      child.integer(1, 1_000_000),
    ),
    token: need(input, report, 'token', child =>
      child.integer(0, Number.MAX_SAFE_INTEGER),
    ),
    reportId: need(input, report, 'reportId', child =>
      child.matching(/^[A-Za-z0-9._:-]{1,200}$/, 'an id of a report'),
    ),
    kind: need(input, report, 'kind', child =>
      child.oneOf(['heartbeat', 'progress', 'log', 'result'] as const),
    ),
    ...maybe(report, 'message', child => child.text(2000)),
    ...maybe(report, 'lines', child =>
      child
        .list(RUN_LIMITS.logLines)
        .map(line => line.text(RUN_LIMITS.logLine)),
    ),
    ...maybe(report, 'result', child =>
      parseRunResult(child.value, { ...options, place: 'report.result' }),
    ),
  };
  if ((parsed.kind === 'result') !== (parsed.result !== undefined)) {
    return input.refuse(
      'given a result when its kind is result, and only then',
    );
  }
  return parsed;
}
