import { nodeAt, nodesAt, textAt, TreeNode } from '../tree/QueryTree';
import { columnTypeSql } from '../types/ColumnType';
import { Refusal } from './readRefusal';
import { operandsOf, suspects } from './suspects';
import { namedType, wantedType } from './wantedType';

/** Clauses that give all of their operands one type. */
const ALIKE = /^(COALESCE|CASE|IN|BETWEEN|combine)$/;
/** Functions of a text and of positions in it. */
const POSITIONS = /^(substr|substring|left|right|lpad|rpad)$/i;
const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT)/;
const CASTS = /^(VARCHAR|DOUBLE|BIGINT|BOOLEAN|DATE|TIMESTAMP)$/;

/** The type that a warehouse turns an operand into by itself, if any. */
function castOf(
  { of, types }: Refusal & { kind: 'operands' },
  index: number,
): string | undefined {
  const type = types[index];
  if (/LITERAL/.test(type) && of !== 'compare') return undefined;
  if (POSITIONS.test(of) && index > 0) {
    return NUMBER.test(type) ? 'BIGINT' : undefined;
  }
  // Of two that are compared, the text gives way.
  if (of === 'compare' && type !== 'VARCHAR') return undefined;
  const wanted = wantedType(of, types, index);
  const text = wanted && columnTypeSql(wanted);
  if (!text || !CASTS.test(text)) return undefined;
  if (text === 'DOUBLE' && NUMBER.test(type)) return undefined;
  const same = namedType(type);
  return same && columnTypeSql(same) === text ? undefined : text;
}

function castNode(child: TreeNode, type: string): TreeNode {
  return {
    class: 'CAST',
    type: 'OPERATOR_CAST',
    alias: '',
    query_location: 0,
    child,
    cast_type: { id: type, type_info: null },
    // What cannot be converted is an error there; errors are not compared.
    try_cast: true,
  };
}

/** True where a cast changes nothing if the refusal was about another node. */
function isHarmless(
  node: TreeNode,
  { of, types }: Refusal & { kind: 'operands' },
): boolean {
  if (node.class === 'FUNCTION') {
    return textAt(node, 'function_name').toLowerCase() === of.toLowerCase();
  }
  // What stands beside a number is no text.
  return (
    types.includes('INTEGER_LITERAL') &&
    operandsOf(node).some(operand => {
      const value = operand && nodeAt(operand, 'value');
      return typeof value?.value === 'number';
    })
  );
}

/** Puts another node in the place of an operand. */
function replaceOperand(node: TreeNode, old: TreeNode, next: TreeNode): void {
  const holders = [node, ...nodesAt(node, 'case_checks')];
  for (const holder of holders) {
    for (const [key, value] of Object.entries(holder)) {
      if (value === old) holder[key] = next;
      else if (Array.isArray(value)) {
        const place = value.indexOf(old);
        if (place >= 0) value[place] = next;
      }
    }
  }
}

/**
 * Casts the operands that the engine refused, as a warehouse does that converts
 * between types by itself. Changes the tree.
 *
 * @param at - where in the query the engine points
 * @returns false where that is not known to help
 */
export function castOperands(
  refusal: Refusal & { kind: 'operands' },
  query: TreeNode,
  at: number | undefined,
): boolean {
  const { of, types } = refusal;
  const found = suspects(query, of, at);
  const pointed = found.filter(node => node.query_location === at);
  // Without a place, all that the refusal can be about and that a cast cannot harm.
  const nodes =
    pointed.length > 0
      ? pointed
      : found.filter(node => found.length === 1 || isHarmless(node, refusal));
  let changed = false;
  for (const node of nodes) {
    const operands = operandsOf(node);
    if (ALIKE.test(of)) {
      const [type] = types.flatMap((_, index) => castOf(refusal, index) ?? []);
      const target = types.includes('VARCHAR')
        ? types
            .map(namedType)
            .map(each => each && columnTypeSql(each))
            .find(each => each && each !== 'VARCHAR' && CASTS.test(each))
        : type;
      if (!target) continue;
      for (const operand of operands) {
        if (!operand || operand === node) continue;
        replaceOperand(node, operand, castNode(operand, target));
        changed = true;
      }
      continue;
    }
    if (operands.length !== types.length) continue;
    for (const [index, operand] of operands.entries()) {
      const type = castOf(refusal, index);
      if (!operand || operand === node || !type) continue;
      if (nodeAt(operand, 'cast_type')?.id === type) continue;
      replaceOperand(node, operand, castNode(operand, type));
      changed = true;
    }
  }
  return changed;
}
