import { ColumnSpan } from '../parser/SqlParser';
import { likelySource, Reader, Sink } from './Demand';
import { isDatePart, isDateWord } from './datePart';
import { Clause, ClauseName, SelectItem } from './QueryTree';
import { OldRead, Refusal } from './Reads';
import { ResolveContext } from './ResolveContext';
import { Relation, Scope } from './Scope';
import { Tokens } from './Tokens';

const ALIAS_CLAUSES = new Set<ClauseName>([
  'group',
  'order',
  'having',
  'qualify',
]);

/** Parsers report some keywords as columns. */
const NO_COLUMN =
  /^(@.*|\$\d+|.*_j\d+_.*|current_date|current_timestamp|current_time|current_datetime|session_user|true|false|null)$/;

/** Columns that a table has without declaring them. */
const PSEUDO_COLUMN =
  /^(_partition(time|date)|_table_suffix|_file_name|_change_(type|timestamp)|metadata\$\w+|rowid|_dbt_source_relation\w*)$/;

/** Resolves one column reference by scope and notes what it means for the reads in scope. */
export function resolveColumn(
  context: ResolveContext,
  refusals: Refusal[],
  column: ColumnSpan,
  scope: Scope,
): void {
  const token = tokenAt(context.tokens, column.nameStart);
  const clause = scope.select?.clauses.find(
    entry => token >= entry.start && token < entry.end,
  );
  const calls = clause ? enclosingCalls(context.tokens, clause, token) : [];
  if (column.qualifier !== undefined) {
    const owner = findQualified(scope, column.qualifier);
    if (owner) {
      const { relation, depth } = owner;
      const reader = readerOf(context.tokens, column, scope, clause, relation);
      relation.demand?.need(column.name, reader);
      relation.demand?.guess(column.name, reader);
      if (relation.read) {
        note(context, refusals, column, scope, relation.read, {
          field: column.name.toLowerCase(),
          qualified: true,
          correlated: depth > 0,
          clause,
          calls,
        });
      }
      noteOther(relation, column);
      return;
    }
  }
  // `a.b` where `a` is no table is a field of the STRUCT column `a`.
  const path =
    column.qualifier !== undefined
      ? {
          name: column.qualifier,
          nameStart: column.qualifierStart ?? column.nameStart,
          nameEnd: column.qualifierEnd ?? column.nameEnd,
        }
      : column;
  resolveUnqualified(context, refusals, path, scope, clause, calls);
}

interface UseContext {
  field: string;
  qualified: boolean;
  correlated: boolean;
  clause: Clause | undefined;
  calls: string[];
}

function resolveUnqualified(
  context: ResolveContext,
  refusals: Refusal[],
  column: ColumnSpan,
  scope: Scope,
  clause: Clause | undefined,
  calls: string[],
) {
  const field = column.name.toLowerCase();
  if (NO_COLUMN.test(field) || isKeyword(context, column, scope, calls)) {
    return;
  }
  noteDemand(context.tokens, column, scope, clause);
  if (isAlias(context, scope, clause, calls, field)) {
    // `ORDER BY` may name an output column of a star.
    const reader = readerOf(context.tokens, column, scope, clause);
    scope.outputs?.need(field, reader);
    scope.outputs?.guess(field, reader);
    return;
  }
  if (isCall(context, column, scope) || isLateral(context, scope, field)) {
    return;
  }
  let uncertain = false;
  let depth = 0;
  const passed: OldRead[] = [];
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent, depth++
  ) {
    // `UNNEST(x)` does not see its own columns.
    const at = tokenAt(context.tokens, column.nameStart);
    const relations = current.relations.filter(
      ({ item }) => item.kind !== 'unnest' || at < item.start || at >= item.end,
    );
    const row = relations.find(({ name }) => name === field);
    const owners = relations.filter(({ columns }) => columns?.includes(field));
    if (owners.length === 0 && row) {
      row.demand?.needAll();
      if (row.read) {
        row.read.derive.add('SQL_WHOLE_ROW');
        row.read.full = true;
      }
      return;
    }
    const reads = owners.flatMap(({ read }) => read ?? []);
    for (const read of reads) {
      const merged = relations.some(({ item }) =>
        item.using.some(name => name.toLowerCase() === field),
      );
      if (merged) {
        read.possible.add(field);
      } else if (uncertain || owners.length > 1) {
        read.possible.add(field);
        read.derive.add('SQL_NAME_UNCERTAIN');
      } else {
        note(context, refusals, column, scope, read, {
          field,
          qualified: false,
          correlated: depth > 0,
          clause,
          calls,
        });
      }
    }
    const others = relations.flatMap(({ read }) => read ?? []);
    passed.push(...others);
    const unnamed = relations.filter(({ columns, open }) => !columns || open);
    const [likely] = owners.length > 0 ? owners : unnamed;
    if (likely && (owners.length > 0 || unnamed.length === 1)) {
      noteOther(likely, column);
    }
    if (owners.length > 0) {
      if (reads.length === 0) {
        addCaptures(context, column, field, passed, owners);
      }
      return;
    }
    uncertain = uncertain || unnamed.length > 0;
    if (uncertain) {
      addCaptures(context, column, field, passed, unnamed);
    }
  }
  if (!uncertain && passed.length > 0 && !context.variables.has(field)) {
    refusals.push({
      reason: PSEUDO_COLUMN.test(field)
        ? 'SQL_PSEUDO_COLUMN'
        : 'FIELD_NOT_IN_CONTRACT',
      start: column.nameStart,
      end: column.nameEnd,
      detail: column.name,
    });
  }
}

function readerOf(
  tokens: Tokens,
  column: ColumnSpan,
  scope: Scope,
  clause: Clause | undefined,
  relation?: Relation,
): Reader {
  return {
    start: column.nameStart,
    end: column.nameEnd,
    sink: sinkOf(tokens, column, scope, clause),
    ...(relation?.name && { via: [relation.name] }),
  };
}

/** What becomes of a column in its own select. */
function sinkOf(
  tokens: Tokens,
  column: ColumnSpan,
  { select, outputs }: Scope,
  clause: Clause | undefined,
): Sink {
  if (!select || clause?.name !== 'projection') {
    return { as: 'filter' };
  }
  const at = tokenAt(tokens, column.nameStart);
  const item = select.items.find(entry => at >= entry.start && at < entry.end);
  const into = { ...(outputs && { into: outputs }) };
  if (!item) {
    return { ...into, as: 'expression' };
  }
  const first = tokenAt(tokens, column.qualifierStart ?? column.nameStart);
  const explicit = tokens.is(item.end - 2, 'AS') ? 2 : 1;
  const end = item.end - (item.explicitAlias ? explicit : 0);
  return {
    ...into,
    ...(item.alias && { output: item.alias }),
    as: item.start === first && end === at + 1 ? 'unchanged' : 'expression',
  };
}

/** Everything that a name may stand for is needed: too much does no harm here. */
function noteDemand(
  tokens: Tokens,
  column: ColumnSpan,
  scope: Scope,
  clause: Clause | undefined,
) {
  const field = column.name.toLowerCase();
  const readerFor = (relation: Relation) =>
    readerOf(tokens, column, scope, clause, relation);
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent
  ) {
    for (const relation of current.relations) {
      const { columns, demand } = relation;
      if (!columns || columns.includes(field)) {
        demand?.need(field, readerFor(relation));
      }
    }
  }
  const likely = scope.relations.flatMap(relation => {
    const { demand, columns } = relation;
    return demand ? [{ demand, relation, ...(columns && { columns }) }] : [];
  });
  const declared = scope.relations.some(
    ({ demand, columns }) => !demand && columns?.includes(field),
  );
  const found = declared ? undefined : likelySource(likely, field);
  const reader = readerOf(tokens, column, scope, clause);
  found?.demand.guess(field, reader);
}

function isKeyword(
  context: ResolveContext,
  column: ColumnSpan,
  scope: Scope,
  calls: string[],
): boolean {
  const field = column.name.toLowerCase();
  if (!isDateWord(field)) {
    return false;
  }
  const { tokens, dialect, newFields } = context;
  if (
    isDatePart(tokens, tokenAt(tokens, column.nameStart), calls[0], dialect)
  ) {
    return true;
  }
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent
  ) {
    if (
      current.relations.some(
        ({ columns }) => !columns || columns.includes(field),
      )
    ) {
      return false;
    }
  }
  return !newFields.has(field);
}

/** `util.fiscal_year(x)` calls a function of a schema. */
function isCall(
  { tokens }: ResolveContext,
  column: ColumnSpan,
  scope: Scope,
): boolean {
  let at = tokenAt(tokens, column.nameStart) + 1;
  const field = column.name.toLowerCase();
  if (
    !tokens.is(at, '.') ||
    scope.relations.some(({ columns }) => columns?.includes(field))
  ) {
    return false;
  }
  while (tokens.is(at, '.') && tokens.isName(at + 1)) {
    at += 2;
  }
  return tokens.is(at, '(');
}

/** Snowflake lets an expression name an output column of its own select, after the columns. */
function isLateral(
  { dialect, newFields }: ResolveContext,
  { select, relations }: Scope,
  field: string,
): boolean {
  const named = select?.items.some(
    item => item.explicitAlias && item.alias?.toLowerCase() === field,
  );
  if (
    dialect !== 'snowflake' ||
    !named ||
    relations.some(({ columns }) => columns?.includes(field))
  ) {
    return false;
  }
  for (const { read } of relations) {
    if (read && newFields.has(field)) {
      read.derive.add('NAME_CAPTURED_BY_NEW_FIELD');
    }
  }
  return true;
}

function noteOther({ other }: Relation, column: ColumnSpan) {
  const name = column.name.toLowerCase();
  other?.columns.set(name, [
    ...(other.columns.get(name) ?? []),
    column.nameStart,
  ]);
}

function addCaptures(
  context: ResolveContext,
  column: ColumnSpan,
  field: string,
  reads: OldRead[],
  owners: Relation[],
) {
  if (!context.newFields.has(field)) {
    return;
  }
  const certain = owners.length === 1 && owners[0].item.kind !== 'unnest';
  for (const read of reads) {
    if (read.captures.some(known => known.column === column)) {
      continue;
    }
    read.captures.push({
      column,
      ...(certain &&
        owners[0].writtenName && {
          qualifier: owners[0].writtenName,
        }),
    });
  }
}

/**
 * True if the name is an output column in a clause that prefers those. Where it
 * is the field's own bare projection both readings agree; anything else keeps the
 * old names in scope, so that the dialect's rule decides as before.
 */
function isAlias(
  context: ResolveContext,
  scope: Scope,
  clause: Clause | undefined,
  calls: string[],
  field: string,
): boolean {
  if (
    !clause ||
    !ALIAS_CLAUSES.has(clause.name) ||
    !scope.select ||
    calls.some(isAggregateOrWindow)
  ) {
    return false;
  }
  const reads = scope.relations.filter(
    ({ read, columns }) => read && columns?.includes(field),
  );
  const item = scope.select.items.find(
    entry => entry.alias?.toLowerCase() === field,
  );
  if (!item) {
    return (
      clause.name === 'order' &&
      reads.length === 1 &&
      scope.select.items.some(({ star }) => star && !star.replaces) &&
      scope.relations.length === 1
    );
  }
  for (const { read } of scope.relations) {
    if (read && context.newFields.has(field)) {
      read.derive.add('NAME_CAPTURED_BY_NEW_FIELD');
    }
  }
  if (reads.length > 0 && !isBare(context.tokens, item, field)) {
    for (const { read } of reads) {
      read?.possible.add(field);
      read?.derive.add('SQL_ALIAS_AMBIGUOUS');
    }
  }
  return true;
}

/** The item is `field` or `a.field`, with no alias of its own. */
function isBare(tokens: Tokens, item: SelectItem, field: string): boolean {
  const length = item.end - item.start;
  return (
    !item.explicitAlias &&
    (length === 1 || (length === 3 && tokens.is(item.start + 1, '.'))) &&
    tokens.name(item.end - 1).toLowerCase() === field
  );
}

function findQualified(scope: Scope, qualifier: string) {
  const wanted = qualifier.toLowerCase();
  let depth = 0;
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent, depth++
  ) {
    const relation = current.relations.find(({ name }) => name === wanted);
    if (relation) {
      return { relation, depth };
    }
  }
  return undefined;
}

function note(
  context: ResolveContext,
  refusals: Refusal[],
  column: ColumnSpan,
  scope: Scope,
  read: OldRead,
  use: UseContext,
) {
  if (!context.oldFields.includes(use.field)) {
    refusals.push({
      reason: PSEUDO_COLUMN.test(use.field)
        ? 'SQL_PSEUDO_COLUMN'
        : 'FIELD_NOT_IN_CONTRACT',
      start: column.nameStart,
      end: column.nameEnd,
      detail: use.field,
    });
    return;
  }
  const first = tokenAt(
    context.tokens,
    column.qualifierStart ?? column.nameStart,
  );
  const last = tokenAt(context.tokens, column.nameStart);
  const bareItem =
    use.clause?.name === 'projection'
      ? scope.select?.items.find(
          item =>
            item.start === first &&
            item.end === last + 1 &&
            (use.qualified || first === last),
        )
      : undefined;
  const { tokens } = context;
  read.uses.push({
    field: use.field,
    column,
    qualified: use.qualified,
    clause: use.clause?.name ?? 'projection',
    sink: sinkOf(context.tokens, column, scope, use.clause),
    ...(bareItem && { bareItem }),
    structArgument:
      use.calls[0] === 'STRUCT' &&
      (tokens.is(first - 1, '(') || tokens.is(first - 1, ',')) &&
      (tokens.is(last + 1, ')') || tokens.is(last + 1, ',')),
    insideAggregate: use.calls.some(isAggregate),
    correlated: use.correlated,
  });
}

const AGGREGATES =
  /^(ANY_VALUE|APPROX_\w+|ARRAY_AGG|ARRAY_CONCAT_AGG|AVG|BIT_AND|BIT_OR|BIT_XOR|CORR|COUNT|COUNTIF|COVAR_\w+|GROUPING|LOGICAL_AND|LOGICAL_OR|MAX|MAX_BY|MIN|MIN_BY|STDDEV\w*|STRING_AGG|SUM|VAR\w*|HLL_COUNT\.\w+)$/;

function isAggregate(name: string): boolean {
  return AGGREGATES.test(name);
}

function isAggregateOrWindow(name: string): boolean {
  return name === 'OVER' || isAggregate(name);
}

/** Names in front of the parentheses around a token, innermost first. */
function enclosingCalls(
  tokens: Tokens,
  clause: Clause,
  token: number,
): string[] {
  const calls: string[] = [];
  for (let i = clause.content; i < token; i++) {
    if (tokens.isOpening(i)) {
      const after = tokens.after(i);
      if (after > token) {
        calls.unshift(tokens.word(i - 1));
      } else {
        i = after - 1;
      }
    }
  }
  return calls;
}

/** The index of the token that starts at an offset. */
export function tokenAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.list[middle].end <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
