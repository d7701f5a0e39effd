import { RunBody, RunContext } from './RunContext';

/** Looks for reads of the old dataset that are left; changes nothing. */
export async function rescan(context: RunContext): Promise<RunBody> {
  const { job, source, files, codemod } = context;
  context.progress(`Looking for reads that are left in ${files.length} files`);
  const uses = await codemod.findReads({
    mapping: job.mapping,
    answers: job.answers,
    files,
  });
  return {
    outcome: uses.length === 0 ? 'not-affected' : 'needs-person',
    baseCommit: source.commit,
    uses,
    findings: context.findings,
    evidence: [],
  };
}
