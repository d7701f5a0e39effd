import { ProverDatabase } from '../database/ProverDatabase';
import {
  columnParts,
  isTreeNode,
  nodeAt,
  nodesAt,
  printTrees,
  textAt,
  TreeNode,
} from '../tree/QueryTree';
import { readDuckType } from '../types/readDuckType';
import { LearnedColumns, NamedType } from './LearnedColumns';

/** What the engine says where two relations should have the same columns. */
const TWINS =
  /same number of result columns|because it is not a struct|types in CASE|in CASE expression/;
const MAX_DEPTH = 20;

type Entries = readonly TreeNode[];

/** A star over a table, with how many outputs stand before and behind it. */
interface StarTable {
  table: string;
  before: number;
  behind: number;
  excluded: string[];
}

/** Relations that have to have the same columns, with the CTEs they see. */
interface Twins {
  queries: TreeNode[];
  ctes: Entries;
}

function starOf(name: string): TreeNode {
  return {
    class: 'STAR',
    type: 'STAR',
    alias: '',
    query_location: 0,
    relation_name: name,
    exclude_list: [],
    replace_list: [],
    columns: false,
    expr: null,
    qualified_exclude_list: [],
    rename_list: [],
  };
}

/** `SELECT * FROM relation`. */
function selectAll(relation: TreeNode): TreeNode {
  return {
    type: 'SELECT_NODE',
    modifiers: [],
    cte_map: { map: [] },
    select_list: [starOf('')],
    from_table: relation,
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: 'STANDARD_HANDLING',
    having: null,
    sample: null,
    qualify: null,
  };
}

function entriesOf(node: TreeNode): TreeNode[] {
  return nodesAt(nodeAt(node, 'cte_map'), 'map');
}

function bodyOf(holder: TreeNode | undefined, key: string) {
  const query = holder && nodeAt(holder, key);
  return query && nodeAt(query, 'node');
}

function branchesOf(node: TreeNode): TreeNode[] {
  return node.type === 'SET_OPERATION_NODE'
    ? [
        nodeAt(node, 'left'),
        nodeAt(node, 'right'),
        ...nodesAt(node, 'children'),
      ].flatMap(each => (each ? branchesOf(each) : []))
    : [node];
}

function relationNamed(from: unknown, name: string): TreeNode | undefined {
  if (!isTreeNode(from)) return undefined;
  if (from.type === 'JOIN') {
    return relationNamed(from.left, name) ?? relationNamed(from.right, name);
  }
  const own = textAt(from, 'alias') || textAt(from, 'table_name');
  return own.toLowerCase() === name.toLowerCase() ? from : undefined;
}

/** Every place where a query takes relations for rows of one kind. */
function twinsIn(query: TreeNode): Twins[] {
  const found: Twins[] = [];
  const visit = (value: unknown, ctes: Entries, froms: unknown[]): void => {
    if (Array.isArray(value)) {
      value.forEach(item => visit(item, ctes, froms));
      return;
    }
    if (!isTreeNode(value)) return;
    const inner = [...ctes, ...entriesOf(value)];
    const own = 'from_table' in value ? [value.from_table, ...froms] : froms;
    if (value.type === 'SET_OPERATION_NODE') {
      found.push({ queries: branchesOf(value), ctes: inner });
    }
    if (value.class === 'CASE') {
      const results = [
        ...nodesAt(value, 'case_checks').map(each => nodeAt(each, 'then_expr')),
        nodeAt(value, 'else_expr'),
      ];
      const queries = results.flatMap(result => {
        const parts = result ? columnParts(result) : [];
        const relation =
          parts.length === 1
            ? own.map(from => relationNamed(from, parts[0])).find(Boolean)
            : undefined;
        return relation ? [selectAll(relation)] : [];
      });
      if (queries.length === results.length && queries.length > 1) {
        found.push({ queries, ctes: inner });
      }
    }
    for (const child of Object.values(value)) visit(child, inner, own);
  };
  visit(query, [], []);
  return found;
}

/** The open table whose columns a query gives on, if it is only one star over it. */
function starTable(
  query: TreeNode | undefined,
  ctes: Entries,
  open: Set<string>,
  depth = 0,
): StarTable | undefined {
  if (!query || query.type !== 'SELECT_NODE' || depth > MAX_DEPTH) {
    return undefined;
  }
  const outputs = nodesAt(query, 'select_list');
  const stars = outputs.filter(item => item.class === 'STAR');
  const from = nodeAt(query, 'from_table');
  if (stars.length !== 1 || !from) return undefined;
  const [star] = stars;
  const qualifier = textAt(star, 'relation_name');
  const relation =
    qualifier === '' ? from : relationNamed(from, qualifier) ?? from;
  const place = outputs.indexOf(star);
  const excluded = Array.isArray(star.exclude_list)
    ? star.exclude_list.map(String)
    : [];
  const around = { before: place, behind: outputs.length - place - 1 };
  const inner = [...ctes, ...entriesOf(query)];
  const name = textAt(relation, 'table_name');
  if (relation.type === 'BASE_TABLE' && open.has(name)) {
    return { table: name, ...around, excluded };
  }
  const entry = inner
    .filter(each => textAt(each, 'key').toLowerCase() === name.toLowerCase())
    .pop();
  const body =
    relation.type === 'SUBQUERY'
      ? bodyOf(relation, 'subquery')
      : bodyOf(entry && nodeAt(entry, 'value'), 'query');
  const below = starTable(body, inner, open, depth + 1);
  return (
    below && {
      table: below.table,
      before: below.before + around.before,
      behind: below.behind + around.behind,
      excluded: [...below.excluded, ...excluded],
    }
  );
}

async function columnsOf(
  database: ProverDatabase,
  query: TreeNode,
  ctes: Entries,
): Promise<NamedType[] | undefined> {
  const own = entriesOf(query);
  const names = new Set(own.map(each => textAt(each, 'key').toLowerCase()));
  const seen = ctes.filter(
    each => !names.has(textAt(each, 'key').toLowerCase()),
  );
  try {
    const [text] = await printTrees(database, [
      { ...query, cte_map: { map: [...seen, ...own] } },
    ]);
    const { rows } = await database.query(`DESCRIBE ${text}`);
    return rows.map(row => ({
      name: String(row[0]),
      type: readDuckType(String(row[1])),
    }));
  } catch {
    return undefined;
  }
}

/**
 * Learns from `UNION` and `IF(c, a, b).*`: all sides have the same columns, so that a
 * table nobody lists, of which one side takes all, has those of the others.
 *
 * @returns whether there is something new to try
 */
export async function learnTwins(options: {
  database: ProverDatabase;
  message: string;
  query: TreeNode;
  open: Set<string>;
  learned: LearnedColumns;
}): Promise<boolean> {
  const { database, message, query, open, learned } = options;
  if (!TWINS.test(message)) return false;
  let changed = false;
  for (const { queries, ctes } of twinsIn(query)) {
    const described = await Promise.all(
      queries.map(each => columnsOf(database, each, ctes)),
    );
    const known = described.filter(each => each !== undefined);
    const longest = known.sort((a, b) => b.length - a.length)[0];
    for (const [index, each] of queries.entries()) {
      const star = starTable(each, ctes, open);
      if (!star || !longest || described[index] === longest) continue;
      const end = longest.length - star.behind;
      const own = longest.slice(star.before, end);
      const hidden = star.excluded
        .filter(name => !own.some(column => column.name === name))
        .map(name => ({ name, type: readDuckType('VARCHAR') }));
      if (learned.setWhole(star.table, [...own, ...hidden])) changed = true;
    }
  }
  return changed;
}
