import {
  copyTree,
  isTreeNode,
  nodeAt,
  nodesAt,
  textAt,
  TreeNode,
} from '../tree/QueryTree';
import type { Site } from './listMutations';
import { Mutation, MutationKind } from './Mutation';
import { callNode, numberNode } from './nodes';

const COMPARISONS: Record<string, string> = {
  COMPARE_EQUAL: 'COMPARE_NOTEQUAL',
  COMPARE_NOTEQUAL: 'COMPARE_EQUAL',
  COMPARE_LESSTHAN: 'COMPARE_LESSTHANOREQUALTO',
  COMPARE_LESSTHANOREQUALTO: 'COMPARE_LESSTHAN',
  COMPARE_GREATERTHAN: 'COMPARE_GREATERTHANOREQUALTO',
  COMPARE_GREATERTHANOREQUALTO: 'COMPARE_GREATERTHAN',
  COMPARE_IN: 'COMPARE_NOT_IN',
  COMPARE_NOT_IN: 'COMPARE_IN',
  OPERATOR_IS_NULL: 'OPERATOR_IS_NOT_NULL',
  OPERATOR_IS_NOT_NULL: 'OPERATOR_IS_NULL',
  CONJUNCTION_AND: 'CONJUNCTION_OR',
  CONJUNCTION_OR: 'CONJUNCTION_AND',
};

const JOINS: Record<string, string> = {
  LEFT: 'INNER',
  RIGHT: 'INNER',
  FULL: 'LEFT',
  INNER: 'LEFT',
};

const AGGREGATES: Record<string, string> = {
  sum: 'avg',
  avg: 'sum',
  min: 'max',
  max: 'min',
};

const CONDITION_KEYS = ['where_clause', 'having', 'qualify', 'filter'];

function replace(kind: MutationKind, site: Site, after: TreeNode): Mutation {
  const value = site.output ? { ...after, alias: site.output } : after;
  return {
    kind,
    edits: [{ path: site.path, value }],
    before: site.node,
    after,
  };
}

/** Conditions that are not checked any more. */
function dropped(site: Site): Mutation[] {
  const { node, path } = site;
  const found: Mutation[] = [];
  for (const key of CONDITION_KEYS) {
    const condition = nodeAt(node, key);
    if (!condition || !('class' in condition)) continue;
    found.push({
      kind: 'dropped condition',
      edits: [{ path: [...path, key], value: null }],
      before: condition,
      note: 'is gone',
    });
  }
  if (node.type === 'CONJUNCTION_AND') {
    const children = nodesAt(node, 'children');
    for (const [index, child] of children.entries()) {
      const rest = children.filter((_, other) => other !== index);
      const after = rest.length === 1 ? rest[0] : { ...node, children: rest };
      found.push({
        ...replace('dropped condition', site, after),
        before: child,
        after: undefined,
        note: 'is gone',
      });
    }
  }
  const [inner] = nodesAt(node, 'children');
  if (node.type === 'OPERATOR_NOT' && inner) {
    found.push(replace('dropped condition', site, inner));
  }
  return found;
}

function comparisons(site: Site): Mutation[] {
  const { node } = site;
  const other = COMPARISONS[String(node.type)];
  const isCondition =
    node.class === 'COMPARISON' ||
    node.class === 'CONJUNCTION' ||
    node.class === 'OPERATOR';
  return other && isCondition
    ? [replace('comparison', site, { ...copyTree(node), type: other })]
    : [];
}

/** The day after a date, in the form it came in. */
function nextDay(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text);
  const time = match ? Date.parse(`${match[1]}T00:00:00Z`) : NaN;
  if (!match || Number.isNaN(time)) return undefined;
  return new Date(time + 86_400_000).toISOString().slice(0, 10) + match[2];
}

/** Constants directly below a comparison, and numbers anywhere. */
function literals(site: Site): Mutation[] {
  const { node, path } = site;
  const value = node.class === 'CONSTANT' ? nodeAt(node, 'value') : undefined;
  if (!value || value.is_null === true || site.positional) return [];
  const change = (other: unknown) =>
    replace('literal', site, { ...node, value: { ...value, value: other } });
  if (typeof value.value === 'number') return [change(value.value + 1)];
  if (typeof value.value !== 'string') return [];
  const later = nextDay(value.value);
  if (later) return [change(later)];
  const compared = path.some(key => key === 'left' || key === 'right');
  const listed = path[path.length - 2] === 'children';
  return compared && !listed ? [change(`${value.value}?`)] : [];
}

function joins(site: Site): Mutation[] {
  const { node, path } = site;
  const other = JOINS[String(node.join_type)];
  const joined = node.type === 'JOIN' && node.ref_type === 'REGULAR';
  if (!joined || !other) return [];
  return [
    {
      kind: 'join kind',
      edits: [{ path: [...path, 'join_type'], value: other }],
      note: `${node.join_type} JOIN${tableOf(node)} becomes ${other} JOIN`,
    },
  ];
}

function tableOf(join: TreeNode): string {
  const right = nodeAt(join, 'right');
  const name = right && (textAt(right, 'alias') || textAt(right, 'table_name'));
  return name ? ` ${name}` : '';
}

function aggregates(site: Site): Mutation[] {
  const { node } = site;
  if (node.class !== 'FUNCTION') return [];
  const name = textAt(node, 'function_name').toLowerCase();
  const found: Mutation[] = [];
  if (node.distinct === true) {
    found.push(
      replace('dropped distinct', site, { ...copyTree(node), distinct: false }),
    );
  }
  if (name === 'count' && node.distinct !== true) {
    found.push(
      replace('count', site, {
        ...copyTree(node),
        function_name: 'count_star',
        children: [],
      }),
    );
  }
  const other = AGGREGATES[name];
  if (other) {
    found.push(
      replace('aggregate', site, { ...copyTree(node), function_name: other }),
    );
  }
  if (['count', 'count_star', 'sum'].includes(name)) {
    const plain = { ...copyTree(node), alias: '' };
    found.push(
      replace('value drift', site, callNode('+', [plain, numberNode(1)], true)),
    );
  }
  return found;
}

/** Mistakes in conditions, literals, joins and aggregates. */
export function conditionMutations(site: Site): Mutation[] {
  if (!isTreeNode(site.node)) return [];
  return [
    ...dropped(site),
    ...comparisons(site),
    ...literals(site),
    ...joins(site),
    ...aggregates(site),
  ];
}
