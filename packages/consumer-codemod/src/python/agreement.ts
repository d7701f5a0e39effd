import { Edit, editKey } from '../patch/Edit';
import { CodeNode } from '../treeSitter/CodeParser';
import { isShownOnly } from './calls';
import { Sink } from './flows';
import { Outcome, PythonFile } from './PythonFile';
import { Template } from './Template';

export interface ProcessedSink {
  sink: Sink;
  outcome: Outcome;
}

/** Ranges of the literals that a value is made of. */
function literalsOf(
  file: PythonFile,
  template: Template,
  depth = 0,
): Set<number> {
  const starts = new Set<number>();
  for (const piece of template.pieces) {
    if (piece.literal) {
      starts.add(piece.literal.start);
    }
    if (piece.kind === 'hole' && piece.node && depth < 20) {
      const value = file.evaluator.evaluate(piece.node);
      for (const start of value ? literalsOf(file, value, depth + 1) : []) {
        starts.add(start);
      }
    }
  }
  return starts;
}

/**
 * The first literal that one of its uses needs edited otherwise than another one
 * does. What a string prints for people makes no demand.
 */
export function findDisagreement(
  file: PythonFile,
  processed: readonly ProcessedSink[],
): CodeNode | undefined {
  const entries = processed
    .filter(({ sink }) => !isShownOnly(file.tree, sink))
    .map(({ sink, outcome }) => ({
      literals: literalsOf(file, sink.template),
      edits: outcome.edits,
    }));
  const all = processed.flatMap(({ outcome }) => outcome.edits);
  for (const literal of file.tree.strings) {
    const start = literal.children[0]?.end ?? literal.start;
    const inside = (edits: readonly Edit[]) =>
      edits
        .filter(edit => edit.start >= start && edit.end < literal.end)
        .filter(
          edit =>
            !literal.children.some(
              child =>
                child.type === 'interpolation' &&
                edit.start > child.start &&
                edit.end < child.end,
            ),
        )
        .map(editKey)
        .sort()
        .join('\n');
    if (inside(all) === '') {
      continue;
    }
    const users = entries.filter(({ literals }) => literals.has(start));
    const demands = new Set(users.map(({ edits }) => inside(edits)));
    if (demands.size > 1) {
      return literal;
    }
  }
  return undefined;
}
