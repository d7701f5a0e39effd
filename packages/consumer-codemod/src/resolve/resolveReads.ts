import { ColumnSpan } from '../parser/SqlParser';
import { Demand } from './Demand';
import { hasOuterJoin, nullSupplied } from './nullSupplied';
import { FromItem, Query, Select } from './QueryTree';
import { OldRead, OtherInput, Refusal } from './Reads';
import { noteUnreadNames } from './noteUnreadNames';
import { noteMacroQuery, noteMacros } from './noteMacros';
import { resolveColumn } from './resolveColumn';
import { Resolution, ResolveContext } from './ResolveContext';
import { Columns, CommonTable, CommonTables, Relation, Scope } from './Scope';
import {
  isPositional,
  noteCallStars,
  noteRowStars,
  noteStars,
} from './noteStars';
import { offsetsOf } from './tokenAt';
import { Statement } from './statements';
import { unlistedFields } from './unlistedFields';
import {
  countsAllColumns,
  noteUnnestedField,
  noteUsing,
  outputsOf,
  queriesOf,
  targetItem,
} from './selectFacts';

const UNSUPPORTED_SUFFIXES: Record<string, string> = {
  PIVOT: 'SQL_PIVOT',
  UNPIVOT: 'SQL_PIVOT',
  TABLESAMPLE: 'SQL_TABLE_SAMPLE',
  MATCH_RECOGNIZE: 'SQL_PIVOT',
  'FOR SYSTEM_TIME AS OF': 'SQL_TIME_TRAVEL',
};

class Resolver {
  readonly reads: OldRead[] = [];
  readonly refusals: Refusal[] = [];
  readonly others: OtherInput[] = [];

  readonly #spans: ReadonlySet<number>;

  constructor(private readonly context: ResolveContext) {
    this.#spans = new Set(
      context.columns.flatMap(({ nameStart, qualifierStart }) =>
        qualifierStart === undefined
          ? [nameStart]
          : [nameStart, qualifierStart],
      ),
    );
  }

  checkWrite(start: number, end: number) {
    const range = this.#offsets(start, end);
    if (this.context.matchPath(range.start, range.end)?.kind === 'old') {
      this.refusals.push({ reason: 'SQL_WRITES_OLD_DATASET', ...range });
    }
  }

  /** `MERGE … USING` and `UPDATE … FROM`: the derived table is put in place of the source. */
  sources(items: FromItem[]): Scope {
    const scope: Scope = {
      relations: this.#relations(items, new Map(), undefined, undefined),
    };
    for (const relation of scope.relations) {
      if (relation.read) {
        relation.read.derive.add('SQL_MERGE_SOURCE');
        relation.read.full = true;
      }
    }
    return scope;
  }

  query(
    query: Query,
    outer: CommonTables,
    parent: Scope | undefined,
    demand: Demand,
  ): Columns {
    const tables = new Map<string, CommonTable>(outer);
    if (query.recursive) {
      for (const cte of query.ctes) {
        tables.set(cte.name.toLowerCase(), {
          columns: undefined,
          demand: Demand.ofAll(),
        });
      }
    }
    for (const cte of query.ctes) {
      // With a list of names, columns count by their position.
      const read =
        query.recursive || cte.columns.length > 0
          ? Demand.ofAll()
          : new Demand();
      const columns = this.query(cte.query, tables, parent, read);
      tables.set(cte.name.toLowerCase(), {
        columns:
          cte.columns.length > 0
            ? cte.columns.map(name => name.toLowerCase())
            : columns,
        demand: read,
      });
    }
    if (query.operands.length === 0) {
      noteMacroQuery(tables);
    }
    // Set operations match columns by their position.
    const own =
      query.operands.length === 1 ? demand : Demand.ofAll('query', demand);
    const outputs = query.operands.map(operand =>
      operand.kind === 'select'
        ? this.#select(operand, tables, parent, query.inExists, own)
        : this.query(operand, tables, parent, own),
    );
    return outputs[0];
  }

  #select(
    select: Select,
    tables: CommonTables,
    parent: Scope | undefined,
    inExists: boolean,
    demand: Demand,
  ): Columns {
    const relations = this.#relations(select.from, tables, parent, select);
    const scope: Scope = {
      select,
      relations,
      outputs: demand,
      ...(parent && { parent }),
    };
    if (countsAllColumns(this.context.tokens, select)) {
      demand.needAll();
    }
    for (const read of relations.flatMap(relation => relation.read ?? [])) {
      read.relationCount = relations.length;
    }
    for (const nested of select.nested) {
      this.query(nested, tables, scope, Demand.ofAll('nested'));
    }
    noteUsing(select.from, relations);
    const inside = [...select.nested, ...queriesOf(select.from)];
    for (const column of this.#columnsIn(select, inside)) {
      resolveColumn(this.context, this.refusals, column, scope);
    }
    noteUnreadNames(this.context, this.#spans, select, scope, inside);
    noteMacros(this.context, this.#macrosIn(select, inside), scope, tables);
    if (!inExists) {
      noteStars(this.context, this.refusals, select, scope, demand);
    }
    noteRowStars(this.context, select, scope);
    noteCallStars(this.context, select, scope, inside);
    return outputsOf(select, relations);
  }

  #relations(
    items: FromItem[],
    tables: CommonTables,
    parent: Scope | undefined,
    select: Select | undefined,
    group = false,
  ): Relation[] {
    const relations: Relation[] = [];
    for (const [index, item] of items.entries()) {
      if (item.members) {
        const outer = hasOuterJoin(items) || hasOuterJoin(item.members);
        relations.push(
          ...this.#relations(item.members, tables, parent, select, outer),
        );
        continue;
      }
      const relation = this.#relation(item, tables, parent, relations);
      if (relation.read) {
        const { read } = relation;
        read.select = select;
        read.nullSupplied = group || nullSupplied(items, index);
        if (item.columnList) {
          read.derive.add('SQL_WHOLE_ROW');
          read.full = true;
        }
        if (items.some(other => other.natural)) {
          read.derive.add('SQL_NATURAL_JOIN');
          read.full = true;
        }
      }
      if (
        items.some(other => other.natural) ||
        item.columnList ||
        item.suffixes.length > 0
      ) {
        relation.demand?.needAll();
      }
      relations.push(relation);
    }
    return relations;
  }

  #relation(
    item: FromItem,
    tables: CommonTables,
    parent: Scope | undefined,
    before: Relation[],
  ): Relation {
    const named = (name: string | undefined) => ({
      ...(name && { name: name.toLowerCase(), writtenName: name }),
    });
    if (item.query) {
      const demand = new Demand();
      const columns = this.query(item.query, tables, parent, demand);
      return {
        item,
        ...named(item.alias),
        ...(columns && !item.columnList && { columns }),
        demand,
      };
    }
    if (!item.path) {
      return { item, ...named(item.alias) };
    }
    const range = this.#offsets(item.path.start, item.path.end);
    const written = this.context.source.slice(range.start, range.end);
    const first = this.context.tokens.name(item.path.start).toLowerCase();
    const single = item.path.end === item.path.start + 1;
    const implicit =
      written.match(/['"]([^'"]+)['"]\s*\)\s*-?\}\}$/)?.[1] ??
      written.replace(/[`"]/g, '').split('.').pop();
    if (single && tables.has(first)) {
      const table = tables.get(first);
      return {
        item,
        ...named(item.alias ?? implicit),
        ...(table?.columns && !item.columnList && { columns: table.columns }),
        ...(table && { demand: table.demand }),
      };
    }
    const owner = before.find(({ name }) => name === first);
    if (!single && owner) {
      // `FROM t, t.items` is an UNNEST of a field.
      noteUnnestedField(this.context, item, owner, range.start);
      return {
        item: { ...item, kind: 'unnest' },
        ...named(item.alias ?? implicit),
      };
    }
    const match = this.context.matchPath(range.start, range.end);
    if (match?.kind === 'refused') {
      this.refusals.push({ reason: match.reason, ...range });
    }
    if (match?.kind !== 'old') {
      const columns = this.context.columnsOf(written);
      const other: OtherInput = {
        ...range,
        columns: new Map(),
        demand: new Demand(),
        ...(columns && { known: columns }),
      };
      this.others.push(other);
      return {
        item,
        ...named(item.alias ?? implicit),
        ...(columns && { columns }),
        open: /^\{\{/.test(written),
        other,
      };
    }
    for (const suffix of item.suffixes) {
      this.refusals.push({ reason: UNSUPPORTED_SUFFIXES[suffix], ...range });
    }
    if (item.kind === 'function') {
      this.refusals.push({ reason: 'SQL_REFERENCE_UNRESOLVED', ...range });
    }
    const read: OldRead = {
      item,
      ...range,
      replacement: match.replacement,
      implicitOld: match.implicitOld,
      implicitNew: match.implicitNew,
      relationCount: 1,
      nullSupplied: false,
      uses: [],
      possible: new Set(),
      stars: [],
      notes: new Set(),
      derive: new Set(),
      full: false,
      captures: [],
    };
    this.reads.push(read);
    return {
      item,
      ...named(item.alias ?? match.implicitOld),
      ...(!item.columnList && { columns: [...this.context.oldFields] }),
      read,
    };
  }

  #offsets(start: number, end: number) {
    return offsetsOf(this.context.tokens, start, end);
  }

  #macrosIn(range: { start: number; end: number }, inside: Query[]) {
    const { list } = this.context.tokens;
    const { start } = this.#offsets(range.start, range.end);
    // A macro that the mask left out may stand behind the last token.
    const end = list[range.end]?.start ?? Infinity;
    const holes = inside.map(query => this.#offsets(query.start, query.end));
    return this.context.macroUses.filter(
      macro =>
        macro.start >= start &&
        macro.start < end &&
        !holes.some(
          hole => macro.start >= hole.start && macro.start < hole.end,
        ),
    );
  }

  #columnsIn(
    range: { start: number; end: number },
    inside: Query[],
  ): ColumnSpan[] {
    const { start, end } = this.#offsets(range.start, range.end);
    const holes = inside.map(query => this.#offsets(query.start, query.end));
    return this.context.columns.filter(
      column =>
        column.nameStart >= start &&
        column.nameStart < end &&
        !holes.some(
          hole => column.nameStart >= hole.start && column.nameStart < hole.end,
        ),
    );
  }
}

/** Finds every read of the old dataset in a statement, with the uses of its fields. */
export function resolveReads(
  context: ResolveContext,
  statement: Statement,
): Resolution {
  const resolver = new Resolver(context);
  for (const range of statement.writes) {
    resolver.checkWrite(range.start, range.end);
  }
  const outputs = statement.query
    ? resolver.query(
        statement.query,
        new Map(),
        undefined,
        Demand.ofAll('output'),
      )
    : undefined;
  const sources = resolver.sources(statement.sources);
  if (statement.target) {
    const item = targetItem(statement);
    sources.relations.push({ name: statement.target.toLowerCase(), item });
  }
  for (const nested of statement.nested) {
    resolver.query(nested, new Map(), sources, Demand.ofAll('nested'));
  }
  const { reads, refusals, others } = resolver;
  for (const read of reads) {
    refusals.push(...unlistedFields(context, read));
  }
  const inserts = context.tokens.is(statement.start, 'INSERT');
  for (const { stars, notes } of reads) {
    const positional = stars.some(({ demand }) =>
      inserts ? demand.all : isPositional(demand),
    );
    if (positional) {
      notes.add('SQL_STAR_BY_POSITION');
    }
  }
  for (const { columns, demand } of others) {
    for (const [name, readers] of demand.guesses) {
      const offsets = readers.map(({ start }) => start);
      columns.set(name, [...(columns.get(name) ?? []), ...offsets]);
    }
  }
  return { reads, refusals, others, outputs };
}
