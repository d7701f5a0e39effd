import { RewriteContext } from '../rewrite/FileRewriter';
import { otherUsers } from './otherUsers';
import { childOf } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { TableUse } from './TableUse';
import { isPlainName } from './isPlainName';

/** `Row.table` and its like exist only for a class that is made of a table. */
export function namesCompanion(
  { file }: ScalaPlan,
  use: Pick<TableUse, 'node'>,
  { files }: RewriteContext,
): boolean {
  const definition = file.around(use.node, 'class_definition');
  const name = definition && childOf(definition, 'name');
  if (!name) {
    return true;
  }
  const text = file.source(name);
  const member = companionMember(text);
  if (!member) {
    return true;
  }
  return (
    member.test(file.text) ||
    otherUsers(file, definition, files).some(other => member.test(other.text))
  );
}

/** A member of a class's companion, or a read that is bound to a table; nothing for an odd name. */
export function companionMember(name: string): RegExp | undefined {
  return isPlainName(name)
    ? new RegExp(
        `typedBigQuery(?:Table|Storage)\\[(?:[\\w.]+\\.)?${name}\\]|\\b${name}\\.\\w`,
      )
    : undefined;
}
