import { RUNGS } from '../change/Evidence';
import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';
import { parseEvidence } from './parseEvidence';
import { parseFinding, parseUse } from './parseFinding';
import { RUN_LIMITS } from './runLimits';
import { RunResult } from './RunResult';

const OBJECT_ID = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const objectId = (input: HostileInput) =>
  input.matching(OBJECT_ID, 'a full object id');
const lines = (input: HostileInput) => input.integer(0, 100_000_000);

/**
 * Checks a result of hostile origin: its shape, its sizes and every path in it.
 * What the patch holds is not checked here but before it is published.
 *
 * @param options.maxPatchBytes - decoded size of the patch; never above 16 MiB.
 * @throws InputError with the place that is wrong.
 */
export function parseRunResult(
  value: unknown,
  options: { maxPatchBytes?: number; place?: string } = {},
): RunResult {
  const input = new HostileInput(value, options.place ?? 'result');
  const result = input.object([
    'apiVersion',
    'kind',
    'outcome',
    'baseCommit',
    'change',
    'uses',
    'findings',
    'evidence',
    'rung',
    'failure',
  ]);
  const parsed: RunResult = {
    apiVersion: need(input, result, 'apiVersion', child =>
      child.oneOf(['dataset-migration/v1alpha1'] as const),
    ),
    kind: need(input, result, 'kind', child =>
      child.oneOf(['RunResult'] as const),
    ),
    outcome: need(input, result, 'outcome', child =>
      child.oneOf([
        'changed',
        'not-affected',
        'questions',
        'needs-person',
        'failed',
      ] as const),
    ),
    ...maybe(result, 'baseCommit', objectId),
    ...maybe(result, 'change', child =>
      parseChange(
        child,
        Math.min(
          options.maxPatchBytes ?? RUN_LIMITS.patchBytes,
          RUN_LIMITS.patchBytes,
        ),
      ),
    ),
    uses: need(input, result, 'uses', child =>
      child.list(RUN_LIMITS.uses).map(parseUse),
    ),
    findings: need(input, result, 'findings', child =>
      child.list(RUN_LIMITS.findings).map(parseFinding),
    ),
    evidence: need(input, result, 'evidence', child =>
      child.list(RUN_LIMITS.evidence).map(parseEvidence),
    ),
    ...maybe(result, 'rung', child => child.oneOf(RUNGS)),
    ...maybe(result, 'failure', parseFailure),
  };
  if (parsed.outcome === 'changed' && (!parsed.change || !parsed.baseCommit)) {
    return input.refuse('given a change and its baseCommit when changed');
  }
  if (parsed.outcome === 'failed' && !parsed.failure) {
    return input.refuse('given a failure when failed');
  }
  return parsed;
}

function parseChange(
  input: HostileInput,
  maxPatchBytes: number,
): NonNullable<RunResult['change']> {
  const change = input.object(['patch', 'files']);
  return {
    patch: need(input, change, 'patch', child => child.base64(maxPatchBytes)),
    files: need(input, change, 'files', child =>
      child.list(RUN_LIMITS.files).map(item => {
        const file = item.object(['path', 'baseBlob', 'added', 'removed']);
        return {
          path: need(item, file, 'path', path => path.filePath()),
          baseBlob: need(item, file, 'baseBlob', objectId),
          added: need(item, file, 'added', lines),
          removed: need(item, file, 'removed', lines),
        };
      }),
    ),
  };
}

function parseFailure(input: HostileInput): NonNullable<RunResult['failure']> {
  const failure = input.object(['signature', 'message', 'retryable']);
  return {
    signature: need(input, failure, 'signature', child => child.text(500, 1)),
    message: need(input, failure, 'message', child =>
      child.text(RUN_LIMITS.text),
    ),
    retryable: need(input, failure, 'retryable', child => child.boolean()),
  };
}
