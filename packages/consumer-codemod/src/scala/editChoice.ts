import { namedChildren } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { callee, TableUse } from './TableUse';

/** The parameter that stands for the table which the command line names. */
const GIVEN = 'table';
/** Longer lines are broken. */
const MAX_LINE = 100;

/** How far what is read instead of the table is moved in, against the line of the read. */
export const CHOICE_INDENT = '    ';

/**
 * Reads what the command line names as it was read before, and `query` where it names
 * nothing: only the default was the old dataset. False if the read is too odd for that.
 */
export function editChoice(
  plan: ScalaPlan,
  use: TableUse,
  query: { method: string; argument: string },
): boolean {
  const { file } = plan;
  const { choice, node, list, argument, nameNode, wrapper } = use;
  const target = callee(node);
  const owner = target?.children.find(({ field }) => field === 'value');
  if (
    !choice ||
    owner?.type !== 'identifier' ||
    !namedChildren(list).includes(argument)
  ) {
    return false;
  }
  const others = namedChildren(list).filter(arg => arg !== argument);
  const words = [owner, ...others].map(each => file.source(each)).join(' ');
  const source = file.source(node);
  const isOdd =
    argument.type === 'assignment_expression' ||
    /\/[/*]/.test(source) ||
    new RegExp(`\\b${GIVEN}\\b`).test(words);
  if (isOdd) {
    return false;
  }
  const types = file.text.slice(nameNode.end, list.start);
  const before = file.text.slice(list.start, argument.start);
  const after = file.text.slice(argument.end, list.end);
  const given = wrapper ? `${wrapper}(${GIVEN})` : GIVEN;
  const context = file.source(owner);
  const start = file.text.lastIndexOf('\n', node.start - 1) + 1;
  const lead = file.text.slice(start).match(/^[ \t]*/)?.[0] ?? '';
  const indent = `\n${lead}  `;
  const absent = `${context}.${query.method}${types}(${query.argument})`;
  const present = `${GIVEN} => ${context}.${file.source(
    nameNode,
  )}${types}${before}${given}${after}`;
  const line = `.fold(${absent})(${present})`;
  const isShort =
    line.length + lead.length + 2 <= MAX_LINE && !line.includes('\n');
  const { args, key } = choice.given;
  plan.edit(
    node.start,
    node.end,
    `${args}${indent}.optional(${key})${indent}${
      isShort ? line : `.fold(${indent}  ${absent}${indent})(${present})`
    }`,
  );
  return true;
}
