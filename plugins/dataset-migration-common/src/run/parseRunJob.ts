import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';
import { parseDatasetMapping } from './parseDatasetMapping';
import { parseFieldAnswer } from './parseFieldAnswer';
import { FleetRunKind, RunJob } from './RunJob';
import { RUN_LIMITS } from './runLimits';

const KINDS: readonly FleetRunKind[] = ['simulate', 'verify', 'rescan'];
const MAX = Number.MAX_SAFE_INTEGER;
const globs = (input: HostileInput) =>
  input.list(20_000).map(glob => glob.text(1000, 1));

/**
 * Checks a job file.
 *
 * @throws InputError with the place that is wrong.
 */
export function parseRunJob(value: unknown): RunJob {
  const input = new HostileInput(value, 'job');
  const job = input.object([
    'apiVersion',
    'kind',
    'run',
    'target',
    'mapping',
    'answers',
    'note',
    'patch',
    'agent',
    'connection',
    'limits',
    'backendUrl',
  ]);
  const parsed: RunJob = {
    apiVersion: need(input, job, 'apiVersion', child =>
      child.oneOf(['dataset-migration/v1alpha1'] as const),
    ),
    kind: need(input, job, 'kind', child => child.oneOf(['RunJob'] as const)),
    run: need(input, job, 'run', parseRun),
    target: need(input, job, 'target', parseTarget),
    mapping: need(input, job, 'mapping', parseDatasetMapping),
    answers: need(input, job, 'answers', child =>
      child.list(10_000).map(parseFieldAnswer),
    ),
    ...maybe(job, 'note', child => child.text(RUN_LIMITS.text)),
    ...maybe(job, 'patch', child => child.base64(RUN_LIMITS.patchBytes)),
    agent: need(input, job, 'agent', child => child.text(200, 1)),
    ...maybe(job, 'connection', parseConnection),
    limits: need(input, job, 'limits', parseLimits),
    backendUrl: need(input, job, 'backendUrl', child =>
      child.matching(/^https?:\/\/[^\s?#]+$/, 'a web address', 2000),
    ),
  };
  if (parsed.run.kind === 'verify' && parsed.patch === undefined) {
    return input.refuse('given a patch to verify');
  }
  return parsed;
}

function parseRun(input: HostileInput): RunJob['run'] {
  const run = input.object(['id', 'kind', 'attempt', 'token', 'seed']);
  return {
    id: need(input, run, 'id', child =>
      child.matching(/^[A-Za-z0-9_-]{1,100}$/, 'the id of a run'),
    ),
    kind: need(input, run, 'kind', child => child.oneOf(KINDS)),
    attempt: need(input, run, 'attempt', child => child.integer(1, 1_000_000)),
    token: need(input, run, 'token', child => child.integer(0, MAX)),
    seed: need(input, run, 'seed', child => child.integer(-MAX, MAX)),
  };
}

function parseTarget(input: HostileInput): RunJob['target'] {
  const target = input.object([
    'id',
    'consumer',
    'repository',
    'paths',
    'excludedPaths',
  ]);
  return {
    id: need(input, target, 'id', child => child.text(200, 1)),
    ...maybe(target, 'consumer', child => child.text(500, 1)),
    repository: need(input, target, 'repository', child => child.text(500, 1)),
    paths: need(input, target, 'paths', globs),
    excludedPaths: need(input, target, 'excludedPaths', globs),
  };
}

function parseConnection(
  input: HostileInput,
): NonNullable<RunJob['connection']> {
  const connection = input.object(['name', 'showRows']);
  return {
    name: need(input, connection, 'name', child => child.text(200, 1)),
    showRows: need(input, connection, 'showRows', child => child.boolean()),
  };
}

function parseLimits(input: HostileInput): RunJob['limits'] {
  const limits = input.object([
    'timeoutMs',
    'memoryMb',
    'maxFiles',
    'maxPatchBytes',
  ]);
  return {
    timeoutMs: need(input, limits, 'timeoutMs', child =>
      child.integer(1, 2 ** 31 - 1),
    ),
    memoryMb: need(input, limits, 'memoryMb', child =>
      child.integer(1, 10_000_000),
    ),
    maxFiles: need(input, limits, 'maxFiles', child =>
      child.integer(1, 10_000_000),
    ),
    maxPatchBytes: need(input, limits, 'maxPatchBytes', child =>
      child.integer(1, RUN_LIMITS.patchBytes),
    ),
  };
}
