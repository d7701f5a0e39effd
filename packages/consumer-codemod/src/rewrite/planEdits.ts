import { isLive, JinjaFile } from '../mask/maskJinja';
import { Edit, editKey, mergeEdits } from '../patch/Edit';
import { OldRead, ReadStar } from '../resolve/Reads';
import { AnalyzedVariant, SqlAnalysis } from './analyzeSql';
import {
  Decision,
  deriveReasons,
  derivedFields,
  fieldsOf,
  spellsOut,
} from './decide';
import { emitEdits } from './emitEdits';
import { starFields, staysStar } from './starFields';
import { View } from './View';

export interface EditPlan {
  decisions: Map<number, Decision>;
  edits: Edit[];
  /** The edits of each combination of branches. */
  perVariant: Edit[][];
}

function readsOf(variant: AnalyzedVariant): OldRead[] {
  return variant.statements.flatMap(({ reads }) => reads);
}

/** Decides for each table reference once, over all branches. */
function decide(
  analysis: SqlAnalysis,
  view: View,
  forced: ReadonlySet<number>,
  text: string,
): Map<number, Decision> {
  const byPosition = new Map<number, OldRead[]>();
  for (const read of analysis.variants.flatMap(readsOf)) {
    byPosition.set(read.start, [...(byPosition.get(read.start) ?? []), read]);
  }
  const words = wordsOf(text);
  const decisions = new Map<number, Decision>();
  for (const [start, reads] of byPosition) {
    const reasons = new Set(
      reads.flatMap(read => [...deriveReasons(read, view)]),
    );
    if (forced.has(start)) {
      reasons.add('JINJA_BRANCHES_DIFFER');
    }
    const derived = reasons.size > 0;
    const needed = new Set(
      reads.flatMap(read => [
        ...(derived ? derivedFields(read, view) : fieldsOf(read, view)),
      ]),
    );
    decisions.set(start, {
      derived,
      reasons: [...reasons],
      fields: [...view.fields.keys()].filter(name => needed.has(name)),
      stars: decideStars(text, analysis, view, start, derived, words),
    });
  }
  return decisions;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}_][\p{L}\d_]*/gu));
}

/** What becomes of the stars over a read: the same in all branches. */
function decideStars(
  text: string,
  analysis: SqlAnalysis,
  view: View,
  start: number,
  derived: boolean,
  words: ReadonlySet<string>,
): Map<number, string[]> {
  const found = new Map<number, ReadStar[]>();
  for (const { statements, tokens } of analysis.variants) {
    for (const read of statements.flatMap(({ reads }) => reads)) {
      for (const star of read.start === start ? read.stars : []) {
        const offset = tokens.list[star.item.start].start;
        found.set(offset, [...(found.get(offset) ?? []), star]);
      }
    }
  }
  const stars = new Map<number, string[]>();
  for (const [offset, list] of found) {
    // A macro that prints the star names the old dataset.
    const printed = text.startsWith('{{', offset);
    const replaced =
      printed ||
      list.some(star =>
        derived
          ? spellsOut(star.item, star.alone)
          : !staysStar(star, view, words),
      );
    if (replaced) {
      const needed = new Set(list.flatMap(star => [...starFields(star, view)]));
      stars.set(
        offset,
        [...view.fields.keys()].filter(name => needed.has(name)),
      );
    }
  }
  return stars;
}

/**
 * Edits of one combination that another one, in which the same text is live,
 * does not make. Text cannot be edited for one of them only.
 */
function conflicts(
  file: JinjaFile,
  analysis: SqlAnalysis,
  perVariant: Edit[][],
): Set<number> {
  const owners = new Set<number>();
  const keys = perVariant.map(edits => new Set(edits.map(editKey)));
  for (const edit of perVariant.flat()) {
    const anchor = edit.start === edit.end ? edit.start - 1 : edit.start;
    for (const [n, { variant }] of analysis.variants.entries()) {
      if (isLive(file, variant, anchor) && !keys[n].has(editKey(edit))) {
        owners.add(edit.owner);
      }
    }
  }
  return owners;
}

/** Plans the edits of a file; returns nothing if its branches cannot agree. */
export function planEdits(
  file: JinjaFile,
  analysis: SqlAnalysis,
  view: View,
): EditPlan | undefined {
  const forced = new Set<number>();
  for (;;) {
    const decisions = decide(analysis, view, forced, file.text);
    const perVariant = analysis.variants.map(variant =>
      emitEdits(
        { tokens: variant.tokens, source: file.text, view },
        readsOf(variant),
        decisions,
      ),
    );
    const owners = conflicts(file, analysis, perVariant);
    if (owners.size === 0) {
      return { decisions, perVariant, edits: mergeEdits(perVariant) };
    }
    const before = forced.size;
    // Reads that share a filter with an owner are derived too, or it would stay.
    for (const reads of analysis.variants.map(readsOf)) {
      const selects = new Set(
        reads.filter(read => owners.has(read.start)).map(read => read.select),
      );
      for (const read of reads) {
        if (owners.has(read.start) || selects.has(read.select)) {
          forced.add(read.start);
        }
      }
    }
    if (forced.size === before) {
      return undefined;
    }
  }
}
