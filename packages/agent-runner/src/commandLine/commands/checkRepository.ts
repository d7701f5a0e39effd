import { InputError } from '@backstage/errors';
import { CompilesVerifier } from '../../verify/CompilesVerifier';
import { EquivalenceVerifier } from '../../verify/EquivalenceVerifier';
import { SampleVerifier } from '../../verify/SampleVerifier';
import { TestsVerifier } from '../../verify/TestsVerifier';
import { Verifier } from '../../verify/Verifier';
import { VERIFIERS } from '../../verify/verifyChange';
import { CommandDocument, CommandName } from '../CommandDocument';
import { hasErrors, loadPlan } from '../loadPlan';
import { loadSample, parseConnection } from '../loadSample';
import { Output } from '../Output';
import { Command } from '../parseCommand';
import { readAnswers } from '../readAnswers';
import { documentOf } from '../report/documentOf';
import { emptyDocument } from '../report/emptyDocument';
import { printFiles, printReasons } from '../report/printFiles';
import { printProblems } from '../report/printProblems';
import { printSample } from '../report/printSample';
import { printTotals } from '../report/printTotals';
import { printUsage } from '../report/printUsage';
import { readRepository } from '../repository/readRepository';
import { rewriteRepository } from '../repository/rewriteRepository';
import { writeFiles } from '../repository/writeFiles';

/** What runs neither queries nor anything of the consumer. */
const QUICK = VERIFIERS.filter(
  each =>
    !(
      each instanceof EquivalenceVerifier ||
      each instanceof SampleVerifier ||
      each instanceof TestsVerifier
    ),
).map(each =>
  each instanceof CompilesVerifier
    ? new CompilesVerifier({ binds: false })
    : each,
);

const VERIFIERS_OF: Record<CommandName, readonly Verifier[]> = {
  check: [],
  usage: [],
  rewrite: QUICK,
  verify: VERIFIERS,
};

/** `usage`, `rewrite` and `verify`: what a plan means for a repository. */
export async function checkRepository(
  command: Command,
  output: Output,
  signal: AbortSignal,
): Promise<CommandDocument> {
  const { plan, mapping, problems, bind } = await loadPlan(command.plan);
  if (!plan || !mapping) {
    output.lines(printProblems(problems));
    return emptyDocument(command.name, plan, problems);
  }
  const answers = command.answers
    ? await readAnswers(command.answers, mapping)
    : [];
  const connection = command.connection
    ? await parseConnection(command.connection)
    : undefined;
  // Binding takes a second in a process of its own, meanwhile the files are read.
  const bound = command.name === 'usage' ? Promise.resolve([]) : bind();
  const [repository, unbound] = await Promise.all([
    readRepository({ directory: command.repo, paths: command.paths }),
    bound,
  ]);
  const all = [...problems, ...unbound];
  output.lines(printProblems(all));
  if (hasErrors(all)) {
    return emptyDocument(command.name, plan, all);
  }
  if (repository.files.length === 0) {
    throw new InputError(
      command.paths.length > 0
        ? `No text file of ${command.repo} matches ${command.paths.join(', ')}.`
        : `${command.repo} holds no text file.`,
    );
  }
  const sample =
    connection &&
    (await loadSample({
      connection,
      mapping,
      answers,
      timeoutMs: command.timeoutMs,
    }));
  const result = await rewriteRepository({
    ...command,
    connection,
    repository,
    mapping,
    answers,
    signal,
    verifiers: VERIFIERS_OF[command.name],
    progress: message => output.progress(message),
  });
  const document = documentOf({
    command: command.name,
    plan,
    problems: all,
    repository,
    result,
    ...(sample && { sample }),
  });
  if (command.name === 'rewrite') {
    await finishRewrite(command, document, repository.root, result, output);
  }
  output.lines(
    command.name === 'usage'
      ? [
          ...printUsage(document.files, mapping),
          ...document.files.flatMap(printReasons),
        ]
      : printFiles(document.files),
  );
  output.lines(sample ? printSample(sample) : []);
  output.lines(printTotals(document));
  return document;
}

/** Prints the patch, or changes the files; never what a verifier says is wrong. */
async function finishRewrite(
  command: Command,
  document: CommandDocument,
  root: string,
  { rewritten, patch }: Awaited<ReturnType<typeof rewriteRepository>>,
  output: Output,
): Promise<void> {
  if (!command.write) {
    output.patch(patch);
    return;
  }
  const wrong = document.evidence.find(({ verdict }) => verdict === 'failed');
  if (wrong) {
    output.lines([
      `Nothing was changed, because ${wrong.verifier} failed: ${wrong.summary}`,
    ]);
    return;
  }
  await writeFiles(root, rewritten.files);
  for (const file of document.files) {
    file.written = file.changed;
  }
}
