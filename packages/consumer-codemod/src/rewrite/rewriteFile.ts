import { FILE_REWRITERS } from '../rewriters';
import { isDbtYaml, rewriteDbtYaml } from '../dbt/rewriteDbtYaml';
import { isManifest } from '../dbt/readManifests';
import { NameMatcher } from '../names/NameMatcher';
import { DecodedText } from '../text/decodeText';
import { findMentions } from '../text/findMentions';
import { isSql, languageOf } from '../text/languages';
import { placeAt } from '../text/placeAt';
import { scanOtherFile } from '../text/scanOtherFile';
import { FileResult } from './FileResult';
import { FileRewriter, RewriteContext } from './FileRewriter';
import { findingFor } from './findingFor';
import { MappingExpressionError } from './View';

/** Larger files are data or generated. */
export const MAX_FILE_BYTES = 2_000_000;

/** A file of the consumer, as far as it could be decoded. */
export interface DecodedFile {
  path: string;
  content: Buffer;
  decoded: DecodedText;
}

/** dbt's own YAML is looked at last, when it is known what still reads the old source. */
export function isDeclaration(file: DecodedFile): file is DeclarationFile {
  const { path, content, decoded } = file;
  return (
    decoded.kind === 'text' &&
    content.length <= MAX_FILE_BYTES &&
    isDbtYaml(path, decoded.text)
  );
}

type DeclarationFile = DecodedFile & { decoded: { kind: 'text' } };

/** Rewrites dbt's own YAML. @param keepOld - the old source is still read, and so declared. */
export async function rewriteDeclaration(
  { path, decoded: { text } }: DeclarationFile,
  context: RewriteContext,
  keepOld: boolean,
): Promise<FileResult | undefined> {
  const [mention] = findMentions(text, context.matcher, undefined);
  if (!mention || !languageOf(path)) {
    return undefined;
  }
  try {
    return await rewriteDbtYaml({ path, text }, context, keepOld);
  } catch (error) {
    return expressionRefused(error, path, text, mention);
  }
}

/** A file for which an expression of the plan would be needed that cannot be parsed. */
function expressionRefused(
  error: unknown,
  path: string,
  text: string,
  mention: { start: number; end: number } | undefined,
): FileResult {
  if (!(error instanceof MappingExpressionError)) {
    throw error;
  }
  const reason = 'MAPPING_EXPRESSION_INVALID';
  return refusedFile(path, text, mention, reason, error.text);
}

/**
 * Rewrites a file that may mention the dataset, unless it is dbt's own YAML. Undefined
 * where it does not mention it.
 */
export async function rewriteFile(
  file: DecodedFile,
  context: RewriteContext,
  rewriters: readonly FileRewriter[] = FILE_REWRITERS,
): Promise<FileResult | undefined> {
  const { path, content, decoded } = file;
  const { matcher, mapping } = context;
  const text = decoded.kind === 'text' ? decoded.text : decoded.guess;
  const rewriter = isDbtYaml(path, text)
    ? undefined
    : rewriters.find(each => each.accepts(path));
  const mentions = findMentions(text, matcher, undefined);
  // A wildcard names the dataset by a prefix only, so every star is looked at.
  const wildcard = holdsSql(path) && hasWildcard(text, matcher);
  if (isManifest(path, content) || (mentions.length === 0 && !wildcard)) {
    return undefined;
  }
  if (!rewriter && !languageOf(path)) {
    return undefined;
  }
  const refuse = (reason: string, detail?: string) =>
    refusedFile(path, text, mentions[0], reason, detail);
  if (decoded.kind === 'unsupported') {
    return isBinary(content) ? undefined : refuse('ENCODING_UNSUPPORTED');
  }
  if (content.length > MAX_FILE_BYTES) {
    return refuse('FILE_TOO_LARGE');
  }
  if (!rewriter) {
    return scanOtherFile(path, text, matcher);
  }
  if (mapping.output === 'propagate') {
    return refuse('OUTPUT_PROPAGATE_UNSUPPORTED');
  }
  try {
    return await rewriter.rewrite({ path, text }, context);
  } catch (error) {
    return expressionRefused(error, path, text, mentions[0]);
  }
}

/** A file that is handed over as a whole. */
export function refusedFile(
  path: string,
  text: string,
  mention: { start: number; end: number } | undefined,
  reason: string,
  detail?: string,
): FileResult {
  const { start, end } = mention ?? { start: 0, end: 0 };
  const place = placeAt(path, text, start, end);
  const snippet = text.slice(start, end);
  return {
    path,
    statements: [],
    uses: [{ place, context: 'text', route: 'person', snippet }],
    findings: [findingFor(reason, place, detail)],
  };
}

/** SQL, or code whose strings hold it. */
export function holdsSql(path: string): boolean {
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
