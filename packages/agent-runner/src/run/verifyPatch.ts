import { RewrittenStatement } from 'dataset-migration-consumer-codemod';
import { applyPatch } from '../change/applyPatch';
import { buildPatch, ChangedFile } from '../change/buildPatch';
import { pairStatements } from '../change/pairStatements';
import { readBlobs } from '../source/readFiles';
import { highestRung } from '../verify/highestRung';
import { VerifiedFile } from '../verify/Verifier';
import { verifyChange } from '../verify/verifyChange';
import { RunBody, RunContext } from './RunContext';
import { withRung } from './simulate';

/** Judges a patch that a person edited, or one whose base has moved. */
export async function verifyPatch(context: RunContext): Promise<RunBody> {
  const { job, source, workspace, tree, files, parser, codemod, signal } =
    context;
  context.progress('Applying the patch');
  const changes = await applyPatch(
    source,
    workspace,
    tree,
    Buffer.from(job.patch ?? '', 'base64'),
  );
  const { bytes, ...change } = await buildPatch(source, workspace, changes);
  const before = await codemod.rewrite({
    mapping: job.mapping,
    answers: job.answers,
    files,
  });
  signal.throwIfAborted();
  const verified = await readSides(context, changes);
  for (const file of verified) {
    const own = before.files.find(({ path }) => path === file.path);
    Object.assign(file, await statementsOf(context, file, own));
  }
  const changed = new Map(verified.map(file => [file.path, file.after]));
  const filesAfter = files
    .filter(({ path }) => !changed.has(path))
    .map(({ path, content }) => ({ path, content }));
  for (const [path, content] of changed) {
    if (content) {
      filesAfter.push({ path, content });
    }
  }
  context.progress(`Verifying ${changes.length} changed files`);
  const evidence = await verifyChange(
    {
      job,
      changes,
      patchBytes: bytes.length,
      files: verified,
      filesAfter,
      parser,
      codemod,
      deadline: context.deadline,
      ...(context.connection && { connection: context.connection }),
    },
    context,
  );
  return {
    outcome: 'changed',
    baseCommit: source.commit,
    change,
    uses: before.uses,
    findings: [...context.findings, ...before.findings],
    evidence,
    ...withRung(highestRung(evidence)),
  };
}

async function statementsOf(
  { parser, job }: RunContext,
  file: VerifiedFile,
  own: { after: Buffer; statements: RewrittenStatement[] } | undefined,
): Promise<Pick<VerifiedFile, 'statements' | 'reason'>> {
  if (own && file.after && own.after.equals(file.after)) {
    return { statements: own.statements };
  }
  if (!file.before || !file.after) {
    return { reason: 'FILE_ADDED_OR_DELETED' };
  }
  return pairStatements({
    path: file.path,
    before: file.before.toString('utf8'),
    after: file.after.toString('utf8'),
    known: own?.statements ?? [],
    parser,
    dialect: job.mapping.dialect,
  });
}

async function readSides(
  { source }: RunContext,
  changes: ChangedFile[],
): Promise<VerifiedFile[]> {
  const contentOf = async (side: ChangedFile['before'], path: string) => {
    // A submodule's id names no blob; the scope guard refuses it.
    if (!side || side.mode === '160000') {
      return undefined;
    }
    return (await readBlobs(source, [{ path, ...side }]))[0].content;
  };
  const files: VerifiedFile[] = [];
  for (const { path, before, after } of changes) {
    files.push({
      path,
      before: await contentOf(before, path),
      after: await contentOf(after, path),
    });
  }
  return files;
}
