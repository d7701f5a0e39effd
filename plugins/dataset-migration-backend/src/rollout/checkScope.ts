import { InputError } from '@backstage/errors';
import { TargetRecord } from '../database/records';
import { TreeChange } from '../git/readDiff';
import { ownsFile } from './targetFiles';

export interface ScopeLimits {
  /** Files that one change may touch. */
  maxFiles: number;
  /** Bytes of the patch. */
  maxPatchBytes: number;
}

export const DEFAULT_SCOPE_LIMITS: ScopeLimits = {
  maxFiles: 500,
  maxPatchBytes: 4 * 1024 * 1024,
};

/**
 * Files that run code, or decide who may, as soon as they are pushed: no migration of a dataset
 * has business there, whatever the target's paths say.
 */
const FORBIDDEN = [
  /^\.github\//,
  /^\.gitlab-ci\.ya?ml$/,
  /^\.gitlab\//,
  /^\.circleci\//,
  /^\.buildkite\//,
  /^\.drone\.ya?ml$/,
  /^\.travis\.ya?ml$/,
  /^\.teamcity\//,
  /^\.woodpecker(\.ya?ml|\/)/,
  /^\.azuredevops\//,
  /(^|\/)azure-pipelines[^/]*\.ya?ml$/,
  /^bitbucket-pipelines\.ya?ml$/,
  /(^|\/)cloudbuild[^/]*\.ya?ml$/,
  /(^|\/)jenkinsfile[^/]*$/,
  /^\.husky\//,
  /^\.ci\//,
  /(^|\/)\.pre-commit-config\.ya?ml$/,
  /(^|\/)\.git(attributes|modules|ignore)?(\/|$)/,
  /(^|\/)codeowners$/,
];

const FILE_MODES = new Set(['100644', '100755']);
const NO_FILE = '000000';

/**
 * Refuses a change that reaches further than its target.
 *
 * @param declared - files that the change says it touches; their base blobs were compared
 * @throws InputError that names the place.
 */
export function checkScope(
  target: Pick<TargetRecord, 'paths' | 'excludedPaths'>,
  changes: TreeChange[],
  options: {
    declared: string[];
    patchBytes: number;
    limits?: Partial<ScopeLimits>;
  },
): void {
  const limits = { ...DEFAULT_SCOPE_LIMITS, ...options.limits };
  if (changes.length === 0) {
    throw new InputError('The change does not change anything.');
  }
  if (changes.length > limits.maxFiles) {
    throw new InputError(
      `The change touches ${changes.length} files; at most ${limits.maxFiles} are allowed.`,
    );
  }
  if (options.patchBytes > limits.maxPatchBytes) {
    throw new InputError(
      `The change has ${options.patchBytes} bytes; at most ${limits.maxPatchBytes} are allowed.`,
    );
  }
  const declared = new Set(options.declared);
  for (const change of changes) {
    const refusal =
      refusePath(change.path) ??
      refuseModes(change) ??
      (ownsFile(target, change.path)
        ? undefined
        : 'is outside of the files that belong to this target') ??
      (declared.has(change.path)
        ? undefined
        : 'is changed by the patch but not listed in the change');
    if (refusal) {
      throw new InputError(`${JSON.stringify(change.path)} ${refusal}.`);
    }
  }
}

function refusePath(path: string): string | undefined {
  const parts = path.split('/');
  if (
    path.startsWith('/') ||
    /^[a-z]:/i.test(path) ||
    path.includes('\\') ||
    hasControlCharacter(path) ||
    parts.some(part => part === '' || part === '.' || part === '..')
  ) {
    return 'is not a path inside the repository';
  }
  const folded = path.toLowerCase();
  if (FORBIDDEN.some(pattern => pattern.test(folded))) {
    return 'configures checks, ownership or git, which no migration may change';
  }
  return undefined;
}

function refuseModes(change: TreeChange): string | undefined {
  const { oldMode, newMode } = change;
  for (const mode of [oldMode, newMode]) {
    if (mode === NO_FILE || FILE_MODES.has(mode)) continue;
    if (mode === '120000') return 'is a symbolic link';
    if (mode === '160000') return 'is a submodule';
    return `has mode ${mode}, which is not allowed`;
  }
  if (oldMode === NO_FILE) {
    return newMode === '100755' ? 'is new and executable' : undefined;
  }
  return newMode !== NO_FILE && oldMode !== newMode
    ? `changes its mode from ${oldMode} to ${newMode}`
    : undefined;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 || code === 127) return true;
  }
  return false;
}
