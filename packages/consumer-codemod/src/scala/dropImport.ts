import { linesOf } from './constants';
import { ScalaPlan } from './ScalaPlan';

/** Takes out the import of an object that nothing names any more, after what was edited. */
export function dropImport(plan: ScalaPlan, owner: string) {
  const { file, edits } = plan;
  const imports = file.nodes.filter(
    ({ type, start, end }) =>
      type === 'import_declaration' &&
      new RegExp(`\\b${owner}\\b`).test(file.text.slice(start, end)),
  );
  const [only] = imports;
  if (
    imports.length !== 1 ||
    !new RegExp(`^import\\s+(?:\\w+\\.)+${owner}$`).test(file.source(only))
  ) {
    return;
  }
  const [first, last] = linesOf(file, only);
  const isAlone =
    file.text.slice(first, last).trim() === file.source(only).trim();
  const isNamed = [
    ...file.text.matchAll(new RegExp(`\\b${owner}\\b`, 'g')),
  ].some(
    ({ index }) =>
      !file.inComment(index) &&
      !(index >= first && index < last) &&
      !edits.some(({ start, end }) => index >= start && index < end),
  );
  const isWritten = edits.some(({ text }) =>
    new RegExp(`\\b${owner}\\b`).test(text),
  );
  if (isAlone && !isNamed && !isWritten) {
    plan.edit(first, last, '');
  }
}
