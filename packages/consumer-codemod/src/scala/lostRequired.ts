import { isLegacy } from '../embedded/legacySql';
import { EmbeddedResult } from '../embedded/rewriteEmbedded';
import { RewriteContext } from '../rewrite/FileRewriter';
import { changedType, fieldsOf, requiredField } from './readFields';
import { ScalaFile } from './ScalaFile';
import { StringRoot } from './stringRoots';

/**
 * A required field of a class that is made of a query. Only the first dialect says of a
 * query's field that it is required; translated, the class would get an `Option`.
 */
export function lostRequired(
  file: ScalaFile,
  { node }: StringRoot,
  { findings, uses }: EmbeddedResult,
  context: RewriteContext,
): string | undefined {
  const isTranslated = findings.some(
    ({ reason }) => reason === 'SQL_LEGACY_TRANSLATED',
  );
  if (!file.around(node, 'annotation')) {
    return undefined;
  }
  const isStar = uses.some(use => use.context === 'star');
  const used = fieldsOf(uses, isStar ? undefined : [], context);
  if (isTranslated) {
    return requiredField(used, context);
  }
  return isLegacy(file.source(node)) ? changedType(used, context) : undefined;
}
