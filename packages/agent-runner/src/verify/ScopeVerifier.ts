import { belongsToTarget } from 'backstage-plugin-dataset-migration-common';
import { ChangedFile } from '../change/buildPatch';
import { isSafePath } from '../source/TreeEntry';
import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';
import { EvidenceReason } from '../reasons';

/** Files that decide what a forge runs, or how git treats the others. */
const PROTECTED =
  /^(?:\.github\/(?:workflows|actions)\/|\.circleci\/|\.buildkite\/)|(?:^|\/)(?:\.gitlab-ci\.ya?ml|Jenkinsfile|\.gitmodules|\.gitattributes|CODEOWNERS)$/i;

/** Guard: only the target's own plain files, and not too much of them. */
export class ScopeVerifier implements Verifier {
  readonly id = 'scope';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { changes, job, patchBytes } = context;
    if (patchBytes > job.limits.maxPatchBytes) {
      return {
        evidence: evidenceOf(this, context, {
          verdict: 'failed',
          reason: 'SCOPE_PATCH_TOO_LARGE',
          summary: `The patch has ${patchBytes} bytes; at most ${job.limits.maxPatchBytes} are allowed.`,
        }),
      };
    }
    for (const change of changes) {
      const violation = violationOf(change, job.target);
      if (violation) {
        return {
          evidence: evidenceOf(this, context, {
            verdict: 'failed',
            ...violation,
          }),
        };
      }
    }
    return {
      evidence: evidenceOf(this, context, {
        verdict: 'passed',
        summary: `The change stays within the target: ${changes.length} of its files.`,
      }),
    };
  }
}

function violationOf(
  { path, before, after }: ChangedFile,
  target: { paths: string[]; excludedPaths: string[] },
): { reason: EvidenceReason; summary: string } | undefined {
  const name = JSON.stringify(path);
  if (!isSafePath(path)) {
    return {
      reason: 'SCOPE_PATH_UNSAFE',
      summary: `${name} is no path of a file inside the repository.`,
    };
  }
  if (PROTECTED.test(path)) {
    return {
      reason: 'SCOPE_PROTECTED_FILE',
      summary: `${name} decides what the forge or git does; a migration does not touch it.`,
    };
  }
  if (!belongsToTarget(path, target)) {
    return {
      reason: 'SCOPE_OTHER_TARGET',
      summary: `${name} does not belong to this target.`,
    };
  }
  const special = [before, after].some(
    side => side && side.mode !== '100644' && side.mode !== '100755',
  );
  if (special) {
    return {
      reason: 'SCOPE_NOT_A_PLAIN_FILE',
      summary: `${name} is a symbolic link or a submodule.`,
    };
  }
  if (before && after && before.mode !== after.mode) {
    return {
      reason: 'SCOPE_MODE_CHANGED',
      summary: `The change makes ${name} executable, or no longer so.`,
    };
  }
  return undefined;
}
