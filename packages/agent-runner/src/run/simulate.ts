import { buildPatch, ChangedFile, writeBlob } from '../change/buildPatch';
import { highestRung } from '../verify/highestRung';
import { verifyChange } from '../verify/verifyChange';
import { RunBody, RunContext } from './RunContext';
import { RunFailure } from './RunFailure';

/** Lets the codemod write the change, and judges it. */
export async function simulate(context: RunContext): Promise<RunBody> {
  const { job, source, workspace, files, parser, codemod, signal } = context;
  context.progress(`Looking for uses in ${files.length} files`);
  const rewritten = await codemod.rewrite({
    mapping: job.mapping,
    answers: job.answers,
    files,
  });
  signal.throwIfAborted();
  const { uses } = rewritten;
  const findings = [...context.findings, ...rewritten.findings];
  const base = { baseCommit: source.commit, uses, findings };
  context.log(
    `${uses.length} uses, ${rewritten.files.length} changed files, ${findings.length} findings: ${rewritten.outcome}`,
  );
  if (rewritten.files.length === 0) {
    return { outcome: rewritten.outcome, ...base, evidence: [] };
  }
  const known = new Map(files.map(file => [file.path, file]));
  const changes: ChangedFile[] = [];
  for (const { path, after } of rewritten.files) {
    const file = known.get(path);
    if (!file) {
      throw new RunFailure('AGENT_LEFT_SCOPE', `${path} is not ours`, false);
    }
    changes.push({
      path,
      before: { mode: file.mode, blob: file.blob },
      after: { mode: file.mode, blob: await writeBlob(source, after) },
    });
  }
  const { bytes, ...change } = await buildPatch(source, workspace, changes);
  context.progress(`Verifying ${changes.length} changed files`);
  const after = new Map(rewritten.files.map(file => [file.path, file.after]));
  const evidence = await verifyChange(
    {
      job,
      changes,
      patchBytes: bytes.length,
      files: rewritten.files,
      filesAfter: files.map(({ path, content }) => ({
        path,
        content: after.get(path) ?? content,
      })),
      parser,
      codemod,
      deadline: context.deadline,
      ...(context.connection && { connection: context.connection }),
    },
    context,
  );
  return {
    outcome: rewritten.outcome,
    ...base,
    change,
    evidence,
    ...withRung(highestRung(evidence)),
  };
}

/** The rung as a key to spread, absent where there is none. */
export function withRung(
  rung: RunBody['rung'],
): Pick<RunBody, 'rung'> | Record<string, never> {
  return rung ? { rung } : {};
}
