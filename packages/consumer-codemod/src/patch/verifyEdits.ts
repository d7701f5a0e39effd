import { readJinja, JinjaFile } from '../mask/maskJinja';
import { isPlaceholder } from '../resolve/placeholder';
import { Tokens } from '../resolve/Tokens';
import {
  AnalyzedVariant,
  AnalyzeOptions,
  analyzeSql,
  SqlAnalysis,
} from '../rewrite/analyzeSql';
import { findStrayMentions } from '../rewrite/strayMentions';
import { Edit } from './Edit';

export interface VerifiedFile {
  file: JinjaFile;
  analysis: SqlAnalysis;
}

/** Texts of the tokens that lie outside of all ranges. */
function tokensOutside(
  tokens: Tokens,
  ranges: ReadonlyArray<{ start: number; end: number }>,
): string[] {
  return tokens.list
    .filter(
      token =>
        !ranges.some(
          range => token.start < range.end && token.end > range.start,
        ),
    )
    .map(token => (isPlaceholder(token.text) ? '_j' : token.text));
}

function rangesAfter(edits: readonly Edit[]) {
  let shift = 0;
  return edits.map(edit => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length };
  });
}

/**
 * Reads the rewritten file again from its text. Every combination of branches
 * that parsed must parse, must differ in its tokens only where it was edited, and
 * must not name the old dataset any more.
 */
export async function verifyEdits(
  options: AnalyzeOptions,
  before: SqlAnalysis,
  edits: readonly Edit[],
  after: string,
): Promise<VerifiedFile | undefined> {
  const file = readJinja(after);
  if ('at' in file) {
    return undefined;
  }
  const analysis = await analyzeSql({ ...options, file });
  const variants = new Map(
    analysis.variants.map(entry => [entry.variant.choice.join(), entry]),
  );
  const afterRanges = rangesAfter(edits);
  const same = (entry: AnalyzedVariant) => {
    const other = variants.get(entry.variant.choice.join());
    return (
      other !== undefined &&
      other.statements.length === entry.statements.length &&
      tokensOutside(entry.tokens, edits).join('\n') ===
        tokensOutside(other.tokens, afterRanges).join('\n')
    );
  };
  const stray = findStrayMentions(
    file,
    options.matcher,
    analysis.variants,
    options.macros,
  );
  const clean =
    before.variants.every(same) &&
    analysis.refusals.length === 0 &&
    stray.refusals.length === 0 &&
    stray.edits.length === 0 &&
    analysis.variants.every(
      ({ statements, refusals }) =>
        refusals.length === 0 &&
        statements.every(({ reads }) => reads.length === 0),
    );
  return clean ? { file, analysis } : undefined;
}
