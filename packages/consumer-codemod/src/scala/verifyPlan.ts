import { Edit } from '../patch/Edit';
import { sqlOf } from './stringRoots';
import { ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';

export function editsOverlap(edits: readonly Edit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((edit, i) => i > 0 && edit.start < sorted[i - 1].end);
}

/** The edited file holds the SQL that was meant. */
export function readsExpected(after: ScalaFile, plan: ScalaPlan): boolean {
  const sql = sqlOf(after);
  return plan.expected.every(text => sql.includes(text));
}
