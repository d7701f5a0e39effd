import {
  DatasetMapping,
  DatasetUse,
  FieldAnswer,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import { collectSchemas } from './dbt/collectSchemas';
import {
  isManifestPath,
  readManifests,
  withManifestNames,
} from './dbt/readManifests';
import { collectMacros } from './mask/macroUses';
import { NameMatcher } from './names/NameMatcher';
import { ChildParser } from './parser/ChildParser';
import { FileGuard, LostFile, UNGUARDED } from './rewrite/FileGuard';
import { FileResult, RewrittenStatement } from './rewrite/FileResult';
import { FileRewriter, RewriteContext } from './rewrite/FileRewriter';
import { firstLook } from './rewrite/firstLook';
import { joinResults } from './rewrite/joinResults';
import { lostResult } from './rewrite/lostResult';
import {
  DecodedFile,
  isDeclaration,
  MAX_FILE_BYTES,
  rewriteDeclaration,
  rewriteFile,
} from './rewrite/rewriteFile';
import { traceModels } from './rewrite/traceModels';
import { decodeText } from './text/decodeText';
import { isSql } from './text/languages';
import { SourceParser } from './treeSitter/CodeParser';

export interface CodemodInput {
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  /** Every file of the consumer; what is not text is skipped. */
  files: Array<{ path: string; content: Buffer }>;
  /** Leave out uses through models and views of the repository. */
  direct?: boolean;
  /** A `ChildParser` of the call's own by default. */
  parser?: SourceParser;
  /** Knows which file is worked on; nothing is guarded by default. */
  guard?: FileGuard;
  /** Instead of one per language that is supported. */
  rewriters?: readonly FileRewriter[];
}

export interface CodemodResult {
  /** Only changed files. */
  files: Array<{
    path: string;
    before: Buffer;
    after: Buffer;
    statements: RewrittenStatement[];
  }>;
  uses: DatasetUse[];
  findings: Finding[];
  outcome: 'changed' | 'not-affected' | 'questions' | 'needs-person';
}

/**
 * Finds every use of the old dataset in a consumer's files and rewrites those that
 * are provably right. A file is rewritten in whole or not at all; everything else
 * is a finding with a stable reason.
 */
export async function rewriteConsumer(
  input: CodemodInput,
): Promise<CodemodResult> {
  const parser = input.parser ?? new ChildParser();
  try {
    return await rewriteWith(input, parser);
  } finally {
    if (!input.parser) {
      await parser.close();
    }
  }
}

/** Every remaining read of the old dataset; writes nothing. */
export async function findReads(input: CodemodInput): Promise<DatasetUse[]> {
  const { uses } = await rewriteConsumer({ ...input, direct: true });
  return uses;
}

async function rewriteWith(
  input: CodemodInput,
  parser: SourceParser,
): Promise<CodemodResult> {
  const guard = input.guard ?? UNGUARDED;
  const manifests = input.files.filter(({ path }) => isManifestPath(path));
  const nodes = readManifests(guard.each(manifests));
  const mapping = withManifestNames(input.mapping, nodes);
  const matcher = new NameMatcher(mapping);
  const first = firstLook(matcher, mapping.dialect);
  const candidates = new Set(
    input.files
      .filter(({ path, content }) => first(path, content))
      .map(({ path }) => path),
  );
  if (candidates.size === 0 && guard.lost.size === 0) {
    return { files: [], uses: [], findings: [], outcome: 'not-affected' };
  }
  const decoded = input.files
    .filter(({ path }) => !path.startsWith('.git/'))
    .map(file => ({ ...file, decoded: decodeText(file.content) }));
  const texts = decoded.flatMap(({ path, decoded: result }) =>
    result.kind === 'text' && result.text.length <= MAX_FILE_BYTES
      ? [{ path, text: result.text }]
      : [],
  );
  const context: RewriteContext = {
    mapping,
    answers: input.answers,
    matcher,
    parser,
    cache: new Map(),
    schemas: collectSchemas(guard.each(texts), nodes),
    macros: collectMacros(guard.each(texts)),
    files: texts,
  };
  const results: FileResult[] = [];
  const note = (
    { path, decoded: file }: DecodedFile,
    done: FileResult | LostFile | undefined,
  ) => {
    if (done && 'detail' in done) {
      const text = file.kind === 'text' ? file.text : file.guess;
      results.push(
        lostResult(done, text, candidates.has(path) ? matcher : undefined),
      );
    } else if (done) {
      results.push(done);
    }
  };
  for (const file of decoded) {
    const { path } = file;
    const lost = guard.lost.get(path);
    if (lost) {
      note(file, lost);
    } else if (candidates.has(path) && !isDeclaration(file)) {
      const work = () => rewriteFile(file, context, input.rewriters);
      note(file, await guard.work(path, { again: false }, work));
    }
  }
  const together = joinResults(results);
  // Whether the old source is still declared depends on what still reads it.
  const keepOld = results.some(
    ({ path, uses }) =>
      isSql(path) && uses.some(({ route }) => route !== 'codemod'),
  );
  for (const file of decoded) {
    const { path } = file;
    if (candidates.has(path) && !guard.lost.has(path) && isDeclaration(file)) {
      const work = () => rewriteDeclaration(file, context, keepOld);
      note(file, await guard.work(path, { again: true }, work));
    }
  }
  const { uses, ...summary } = summarize(input, [...results, ...together]);
  if (input.direct) {
    return { ...summary, uses: uses.filter(({ indirect }) => !indirect) };
  }
  const traced = await traceModels(results, context, guard);
  return { ...summary, uses: [...uses, ...traced] };
}

function summarize(
  input: CodemodInput,
  results: readonly FileResult[],
): CodemodResult {
  const contents = new Map(
    input.files.map(({ path, content }) => [path, content]),
  );
  const files = results.flatMap(({ path, after, statements }) => {
    const before = contents.get(path);
    return after === undefined || before === undefined
      ? []
      : [{ path, before, after: Buffer.from(after, 'utf8'), statements }];
  });
  const uses = results.flatMap(result => result.uses);
  const findings = results.flatMap(result => result.findings);
  return { files, uses, findings, outcome: outcomeOf(files, findings) };
}

function outcomeOf(
  files: CodemodResult['files'],
  findings: readonly Finding[],
): CodemodResult['outcome'] {
  const handed = findings.some(
    finding =>
      finding.route === 'person' && finding.reason !== 'FIELD_LEFT_TO_OWNER',
  );
  if (handed) {
    return 'needs-person';
  }
  if (findings.some(finding => finding.route === 'question')) {
    return 'questions';
  }
  if (files.length > 0) {
    return 'changed';
  }
  return findings.length > 0 ? 'needs-person' : 'not-affected';
}
