import { ColumnSpan } from '../parser/SqlParser';
import { isAlias, isLateral } from './aliases';
import { isDatePart, isDateWord } from './datePart';
import { enclosingCalls, isAggregate } from './enclosingCalls';
import { Clause } from './QueryTree';
import { noteDemand, readerOf, sinkOf } from './readers';
import { OldRead, Refusal } from './Reads';
import { ResolveContext } from './ResolveContext';
import { Relation, Scope } from './Scope';
import { tokenAt } from './tokenAt';

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
      relation.demand?.need(column.name, { ...reader, certain: true });
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
  const [only, ...others] = scope.relations;
  const known = uncertain || context.variables.has(field);
  if (!known && passed.length === 0 && only?.demand && others.length === 0) {
    // A column that the query behind does not list: of a star, if it has one.
    const reader = readerOf(context.tokens, column, scope, clause, only);
    only.demand.need(field, { ...reader, certain: !scope.parent });
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
