import { nodesAt, TreeNode } from '../tree/QueryTree';
import { ColumnType } from '../types/ColumnType';
import { operandsOf, suspects } from './suspects';
import { GuessedColumn, LearnedColumns, RESULTS } from './LearnedColumns';
import { ColumnUse, QuerySources } from './QuerySources';
import { Refusal } from './readRefusal';
import { structOf, withField } from './structTypes';
import { namedType, wantedType } from './wantedType';

/** What may be learned about. */
export interface Unknowns {
  guesses: GuessedColumn[];
  /** Local tables that may have columns that nobody listed. */
  open: Set<string>;
}

class Lesson {
  readonly #sources: QuerySources;

  constructor(
    readonly query: TreeNode,
    readonly unknowns: Unknowns,
    readonly learned: LearnedColumns,
  ) {
    this.#sources = new QuerySources(query);
  }

  #guessesFor(use: ColumnUse): GuessedColumn[] {
    const { qualifier } = use;
    const same = this.unknowns.guesses.filter(
      ({ name, table }) =>
        name.toLowerCase() === use.name.toLowerCase() &&
        (table === RESULTS) === (qualifier === RESULTS),
    );
    const tables = qualifier ? this.#sources.tablesNamed(qualifier) : [];
    const own = same.filter(({ table }) => tables.includes(table));
    return own.length > 0 ? own : same;
  }

  #setAll(
    node: TreeNode | undefined,
    type: ColumnType,
    accept: (guess: GuessedColumn) => boolean = () => true,
  ): boolean {
    let changed = false;
    for (const use of this.#sources.valuesOf(node)) {
      for (const guess of this.#guessesFor(use).filter(accept)) {
        const next = withField(guess.type, use.path, type);
        if (next && this.learned.setType(guess, next)) changed = true;
      }
    }
    return changed;
  }

  operands({ of, types }: Refusal & { kind: 'operands' }, at?: number) {
    const nodes = suspects(this.query, of, at);
    // What was taken for text, for want of anything better, goes first.
    const texts = (type: string) => /^(VARCHAR|STRING_LITERAL)$/.test(type);
    for (const wrong of [texts, (type: string) => !texts(type)]) {
      for (const node of nodes) {
        const operands = operandsOf(node);
        const counted = operands.length === types.length;
        let changed = false;
        for (const [index, type] of types.entries()) {
          const wanted = wrong(type) ? wantedType(of, types, index) : undefined;
          if (!wanted) continue;
          // A clause names two types, whatever the number of its operands.
          const own =
            counted && node.class !== 'CASE' && of !== 'COALESCE'
              ? [operands[index]]
              : operands;
          for (const operand of own) {
            const set = this.#setAll(
              operand,
              wanted,
              guess =>
                !texts(type) ||
                guess.type.kind !== 'scalar' ||
                guess.type.name === 'VARCHAR',
            );
            changed ||= set;
          }
        }
        if (changed) return true;
      }
    }
    return false;
  }

  list(at?: number): boolean {
    const item: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: false };
    return suspects(this.query, 'unnest', at).some(node =>
      this.#setAll(nodesAt(node, 'children')[0], { kind: 'array', item }),
    );
  }

  field(column: string): boolean {
    const paths = this.#sources.pathsOf(column);
    if (paths.length === 0) return false;
    const type = structOf(paths);
    const lists = this.#sources.listsOf(column);
    if (lists.length > 0) {
      const set = lists.map(list =>
        this.#setAll(list, { kind: 'array', item: type }),
      );
      return set.includes(true);
    }
    let changed = false;
    for (const guess of this.#guessesFor({ name: column, path: [] })) {
      if (this.learned.setType(guess, type)) changed = true;
    }
    return changed;
  }

  value(column: string, typeName: string): boolean {
    const type = namedType(typeName);
    return (
      type !== undefined &&
      this.#setAll(
        {
          class: 'COLUMN_REF',
          column_names: [column],
        },
        type,
      )
    );
  }

  column(name: string, qualifier: string | undefined, at?: number): boolean {
    const places = qualifier
      ? [this.#sources.tablesNamed(qualifier)]
      : this.#tablesAround(name, at);
    return places.some(tables => {
      // The dataset has what its contract lists: it is a column of another table.
      const table = tables.find(each => this.unknowns.open.has(each));
      return table !== undefined && this.learned.add(table, name);
    });
  }

  /** One of two columns of one name was not there, where only one can be meant. */
  ambiguous(name: string, qualifiers: string[]): boolean {
    return qualifiers
      .flatMap(each => this.#sources.tablesNamed(each))
      .flatMap(table =>
        this.unknowns.guesses.filter(
          each =>
            each.table === table &&
            each.name.toLowerCase() === name.toLowerCase(),
        ),
      )
      .reverse()
      .some(guess => this.learned.remove(guess.table, guess.name));
  }

  /** What the SELECTs around references read: first that of the one pointed at. */
  #tablesAround(name: string, at?: number): string[][] {
    const pointed: string[][] = [];
    const others: string[][] = [];
    const visit = (value: unknown, from: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (Array.isArray(value)) {
        value.forEach(each => visit(each, from));
        return;
      }
      const node = value as TreeNode;
      const own = node.type === 'SELECT_NODE' ? node.from_table : from;
      const names = node.class === 'COLUMN_REF' ? node.column_names : undefined;
      const excluded = node.class === 'STAR' ? node.exclude_list : undefined;
      const here = at === undefined || node.query_location === at;
      const read = Array.isArray(names) && names[0] === name;
      const left = Array.isArray(excluded) && excluded.includes(name);
      if (read || left) {
        (left || here ? pointed : others).push(this.#sources.tablesIn(own));
      } else Object.values(node).forEach(each => visit(each, own));
    };
    visit(this.query, undefined);
    // The same text in several places is pointed at in the first of them only.
    return [...pointed, ...others];
  }
}

/**
 * Learns from a refusal of an old query. Only columns of other tables that
 * nobody declares are given another type, or added.
 *
 * @param at - where in the query the engine points
 * @returns whether there is something new to try
 */
export function learnFrom(
  refusal: Refusal,
  query: TreeNode,
  unknowns: Unknowns,
  learned: LearnedColumns,
  at?: number,
): boolean {
  const lesson = new Lesson(query, unknowns, learned);
  switch (refusal.kind) {
    case 'operands':
      return lesson.operands(refusal, at);
    case 'list':
      return lesson.list(at);
    case 'ambiguous':
      return lesson.ambiguous(refusal.name, refusal.qualifiers);
    case 'field':
      return lesson.field(refusal.column);
    case 'value':
      return lesson.value(refusal.column, refusal.type);
    default:
      return lesson.column(refusal.name, refusal.qualifier, at);
  }
}
