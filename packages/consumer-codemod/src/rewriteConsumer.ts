import {
  DatasetMapping,
  DatasetUse,
  FieldAnswer,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import { collectSchemas } from './dbt/collectSchemas';
import {
  isManifest,
  readManifests,
  withManifestNames,
} from './dbt/readManifests';
import { isDbtYaml, rewriteDbtYaml } from './dbt/rewriteDbtYaml';
import { collectMacros } from './mask/macroUses';
import { NameMatcher } from './names/NameMatcher';
import { ChildParser } from './parser/ChildParser';
import { FileResult, RewrittenStatement } from './rewrite/FileResult';
import { findingFor } from './rewrite/findingFor';
import { RewriteContext } from './rewrite/FileRewriter';
import { MappingExpressionError } from './rewrite/View';
import { joinResults } from './rewrite/joinResults';
import { traceModels } from './rewrite/traceModels';
import { FILE_REWRITERS } from './rewriters';
import { decodeText } from './text/decodeText';
import { findMentions } from './text/findMentions';
import { isSql, languageOf } from './text/languages';
import { placeAt } from './text/placeAt';
import { scanOtherFile } from './text/scanOtherFile';
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

/** Larger files are data or generated. */
const MAX_FILE_BYTES = 2_000_000;

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
  const nodes = readManifests(input.files);
  const mapping = withManifestNames(input.mapping, nodes);
  const matcher = new NameMatcher(mapping);
  const files = input.files.filter(({ path }) => !path.startsWith('.git/'));
  const first = firstLook(matcher, mapping.dialect);
  const candidates = files.filter(({ path, content }) => first(path, content));
  if (candidates.length === 0) {
    return { files: [], uses: [], findings: [], outcome: 'not-affected' };
  }
  const decoded = files.map(file => ({
    ...file,
    decoded: decodeText(file.content),
  }));
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
    schemas: collectSchemas(texts, nodes),
    macros: collectMacros(texts),
    files: texts,
  };
  const looked = new Set(candidates.map(({ path }) => path));
  const results: FileResult[] = [];
  const declarations: Array<{ path: string; text: string }> = [];
  for (const { path, content, decoded: file } of decoded) {
    if (!looked.has(path) || isManifest(path, content)) {
      continue;
    }
    const text = file.kind === 'text' ? file.text : file.guess;
    // dbt's YAML is looked at last, when it is known what still reads the old source.
    const rewriter = isDbtYaml(path, text)
      ? undefined
      : FILE_REWRITERS.find(each => each.accepts(path));
    // A wildcard names the dataset by a prefix only, so every star is looked at.
    const mentions = findMentions(text, matcher, undefined);
    const wildcard = holdsSql(path) && hasWildcard(text, matcher);
    if (mentions.length === 0 && !wildcard) {
      continue;
    }
    if (!rewriter && !languageOf(path)) {
      continue;
    }
    const refuse = (reason: string, detail?: string) => {
      const { start, end } = mentions[0] ?? { start: 0, end: 0 };
      const place = placeAt(path, text, start, end);
      const snippet = text.slice(start, end);
      results.push({
        path,
        statements: [],
        uses: [{ place, context: 'text', route: 'person', snippet }],
        findings: [findingFor(reason, place, detail)],
      });
    };
    if (file.kind === 'unsupported') {
      if (!isBinary(content)) {
        refuse('ENCODING_UNSUPPORTED');
      }
    } else if (content.length > MAX_FILE_BYTES) {
      refuse('FILE_TOO_LARGE');
    } else if (rewriter && mapping.output === 'propagate') {
      refuse('OUTPUT_PROPAGATE_UNSUPPORTED');
    } else if (rewriter) {
      try {
        results.push(await rewriter.rewrite({ path, text }, context));
      } catch (error) {
        if (!(error instanceof MappingExpressionError)) {
          throw error;
        }
        refuse('MAPPING_EXPRESSION_INVALID', error.text);
      }
    } else if (isDbtYaml(path, text)) {
      declarations.push({ path, text });
    } else {
      results.push(scanOtherFile(path, text, matcher));
    }
  }
  const together = joinResults(results);
  // Whether the old source is still declared depends on what still reads it.
  const keepOld = results.some(
    ({ path, uses }) =>
      isSql(path) && uses.some(({ route }) => route !== 'codemod'),
  );
  for (const { path, text } of declarations) {
    results.push(rewriteDbtYaml(path, text, mapping, matcher, keepOld));
  }
  const { uses, ...summary } = summarize(input, [...results, ...together]);
  if (input.direct) {
    return { ...summary, uses: uses.filter(({ indirect }) => !indirect) };
  }
  const traced = await traceModels(results, context);
  return { ...summary, uses: [...uses, ...traced] };
}

/** Tells by the bytes alone that a file cannot name the dataset: most files of a repository. */
function firstLook(
  matcher: NameMatcher,
  dialect: DatasetMapping['dialect'],
): (path: string, content: Buffer) => boolean {
  const needles = matcher.needles();
  const exact = dialect !== 'snowflake';
  return (path, content) => {
    if (content[0] === 0xff || content[0] === 0xfe) {
      return true;
    }
    if (exact && needles.some(needle => content.includes(needle))) {
      return true;
    }
    const folded = exact ? '' : content.toString('latin1').toLowerCase();
    return (
      needles.some(needle => folded.includes(needle)) ||
      (holdsSql(path) && content.includes('*`'))
    );
  };
}

/** SQL, or code whose strings hold it. */
function holdsSql(path: string): boolean {
  return isSql(path) || /\.(pyi?|ipynb)$/i.test(path);
}

/** A wildcard such as `events_*` that covers the dataset's table. */
function hasWildcard(text: string, matcher: NameMatcher): boolean {
  return [...text.matchAll(/`[\w.-]+\*`/g)].some(([path]) =>
    matcher.wildcardCovers(path),
  );
}

/** UTF-16 has zero bytes too, but starts with its mark. */
function isBinary(content: Buffer): boolean {
  const marked = content[0] === 0xff || content[0] === 0xfe;
  return !marked && content.subarray(0, 8000).includes(0);
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
