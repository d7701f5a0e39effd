import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';

/** How a consumer addressed the old dataset, and what it writes instead. */
export interface NameMatch {
  replacement: string;
}

/** `${env}` in a pattern may stand for a Jinja expression, a shell variable or a plain name. */
const HOLE =
  '(\\{\\{[^{}]*\\}\\}|\\$\\{[^{}]*\\}|\\{[^{}]*\\}|\\$\\w+|%\\(\\w+\\)s|%s|[\\w-]+)';

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function patternToRegExp(pattern: string): RegExp {
  const parts = pattern.split(/\$\{\w+\}/);
  return new RegExp(`^${parts.map(escape).join(HOLE)}$`);
}

function fillPattern(pattern: string, holes: Map<string, string>) {
  return pattern.replace(
    /\$\{(\w+)\}/g,
    (all, name: string) => holes.get(name) ?? all,
  );
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `a.b.c`, `b.c` and `c`. */
function suffixes(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

/** Knows every name of the old dataset, and the new dataset's name in the same form. */
export class NameMatcher {
  readonly #oldTables: string[];
  readonly #newTables: string[];
  readonly #mapping: DatasetMapping;
  #mentions: { pattern?: RegExp } | undefined;

  constructor(mapping: DatasetMapping) {
    this.#mapping = mapping;
    const tablesOf = (side: DatasetMapping['from']) =>
      side.names.tables.length > 0 ? side.names.tables : [side.contract.table];
    this.#oldTables = tablesOf(mapping.from);
    this.#newTables = tablesOf(mapping.to);
  }

  /** Snowflake reads names without quotes in any case. */
  #fold(name: string): string {
    return this.#mapping.dialect === 'snowflake' ? name.toLowerCase() : name;
  }

  /** The name that stands for the old dataset in runnable SQL. */
  get oldTable(): string {
    return this.#oldTables[0];
  }

  get newTable(): string {
    return this.#newTables[0];
  }

  /** False if the plan names the old table only, so that any dataset may hold it. */
  get knowsDataset(): boolean {
    return this.#oldTables.some(table => table.includes('.'));
  }

  /** Matches a table path as written, quotes included; keeps its quoting. */
  matchTable(written: string): NameMatch | undefined {
    const plain = written.replace(/[`"]/g, '');
    const name = this.#quotedName(written, plain, this.#newName(plain));
    if (name === undefined) {
      return undefined;
    }
    const quote = written.match(/^[`"]/)?.[0];
    if (quote && written.indexOf(quote, 1) === written.length - 1) {
      return { replacement: quote + name + quote };
    }
    const oldParts = written.split('.');
    const parts = name.split('.');
    if (quote || /[`"]/.test(written)) {
      return {
        replacement: parts
          .map((part, index) => {
            const mark =
              oldParts[
                index + Math.max(0, oldParts.length - parts.length)
              ]?.match(/^[`"]/)?.[0] ?? '';
            return mark + part + mark;
          })
          .join('.'),
      };
    }
    return { replacement: name };
  }

  /** In quotes case counts, and a name without quotes is one in upper case. */
  #quotedName(
    written: string,
    plain: string,
    name: string | undefined,
  ): string | undefined {
    if (this.#mapping.dialect !== 'snowflake' || !written.includes('"')) {
      return name;
    }
    const exact = this.#oldTables.some(
      table => table === plain || table.endsWith(`.${plain}`),
    );
    if (exact) {
      return name;
    }
    return plain === plain.toUpperCase() ? name?.toUpperCase() : undefined;
  }

  #newName(plain: string): string | undefined {
    const count = plain.split('.').length;
    const sameForm = (names: string[]) => {
      const exact = names.find(name => name.split('.').length === count);
      if (exact) {
        return exact;
      }
      const longer = names.find(name => name.split('.').length > count);
      return longer?.split('.').slice(-count).join('.') ?? names[0];
    };
    const wanted = this.#fold(plain);
    const matches = this.#oldTables
      .map(table => this.#fold(table))
      .some(
        table =>
          table === wanted || (count > 1 && table.endsWith(`.${wanted}`)),
      );
    if (matches) {
      return sameForm(this.#newTables);
    }
    const { patterns } = this.#mapping.from.names;
    for (const [index, pattern] of patterns.entries()) {
      const found = patternToRegExp(pattern).exec(plain);
      if (!found) {
        continue;
      }
      const names = [...pattern.matchAll(/\$\{(\w+)\}/g)].map(m => m[1]);
      const holes = new Map(names.map((name, i) => [name, found[i + 1]]));
      const to =
        this.#mapping.to.names.patterns[index] ??
        this.#mapping.to.names.patterns[0];
      return to ? fillPattern(to, holes) : sameForm(this.#newTables);
    }
    return undefined;
  }

  /** A wildcard path such as `analytics.user_activity_*` that covers the old dataset. */
  wildcardCovers(written: string): boolean {
    const plain = written.replace(/[`"]/g, '');
    if (!plain.endsWith('*')) {
      return false;
    }
    const prefix = plain.slice(0, -1);
    return this.#oldTables.some(
      table =>
        table.startsWith(prefix) ||
        (prefix.includes('.') && table.includes(`.${prefix}`)),
    );
  }

  /** Only the table's own name, where the default dataset decides what it means. */
  isUnqualified(written: string): boolean {
    const plain = written.replace(/[`"]/g, '');
    const wanted = this.#fold(plain);
    return (
      !plain.includes('.') &&
      this.#oldTables.some(table => this.#fold(lastPart(table)) === wanted) &&
      !this.#newTables.some(table => this.#fold(table) === wanted)
    );
  }

  /** A dbt source that the old dataset is a table of. */
  hasSource(name: string): boolean {
    return this.#mapping.from.names.dbtSources.some(
      ([source]) => source === name,
    );
  }

  /** The Jinja call that reads the new dataset instead, or nothing if this is another dataset. */
  matchJinja(call: 'ref' | 'source', args: string[]): JinjaTarget | undefined {
    const from = this.#mapping.from.names;
    const to = this.#mapping.to.names;
    const index =
      call === 'ref'
        ? from.dbtRefs.indexOf(args[args.length - 1])
        : from.dbtSources.findIndex(
            ([source, table]) => source === args[0] && table === args[1],
          );
    if (index === -1) {
      return undefined;
    }
    const ref = to.dbtRefs[index] ?? to.dbtRefs[0];
    const source = to.dbtSources[index] ?? to.dbtSources[0];
    if (call === 'ref' && ref) {
      return { call, args: [...args.slice(0, -1), ref] };
    }
    if (source) {
      return { call: 'source', args: source };
    }
    return ref ? { call: 'ref', args: [ref] } : { call, args: [] };
  }

  /**
   * Matches the old dataset's names in text that is not SQL. A name that the new
   * dataset has as well says nothing and is left out.
   */
  mentions(): RegExp | undefined {
    this.#mentions = this.#mentions ?? this.#mentionsPattern();
    const { pattern } = this.#mentions;
    if (pattern) {
      pattern.lastIndex = 0;
    }
    return pattern;
  }

  /** Texts of which every mention has at least one: a cheap first look. In lower case if case means nothing. */
  needles(): readonly string[] {
    const { names, patterns } = this.#mentionNames();
    const parts = patterns.map(pattern =>
      // A project may end with a colon instead of a dot.
      pattern
        .split(/\$\{\w+\}|\./)
        .reduce((a, b) => (b.length > a.length ? b : a), ''),
    );
    const all = [...names.map(lastPart), ...parts];
    return this.#mapping.dialect === 'snowflake'
      ? [...new Set(all.map(name => name.toLowerCase()))]
      : [...new Set(all)];
  }

  #mentionNames(): { names: string[]; patterns: string[] } {
    const from = this.#mapping.from.names;
    const to = this.#mapping.to.names;
    const shared = new Set(
      [
        ...this.#newTables.flatMap(suffixes),
        ...to.dbtRefs,
        ...to.dbtSources.map(([, table]) => table),
        ...to.symbols,
      ].filter(Boolean),
    );
    const names = [
      ...this.#oldTables.flatMap(suffixes),
      ...from.dbtRefs,
      ...from.dbtSources.map(([, table]) => table),
      ...from.symbols,
    ].filter(name => name && !shared.has(name));
    return { names, patterns: from.patterns };
  }

  #mentionsPattern(): { pattern?: RegExp } {
    const { names, patterns } = this.#mentionNames();
    const sources = [...new Set(names)]
      .sort((a, b) => b.length - a.length)
      .map(escape)
      .concat(
        patterns.map(pattern =>
          pattern
            .split(/\$\{\w+\}/)
            .map(part => escape(part).replace(/\\\./g, '[.:]'))
            .join(HOLE),
        ),
      );
    return sources.length > 0
      ? {
          pattern: new RegExp(
            `(?<![\\w-])(?:${sources.join('|')})(?![\\w-])`,
            this.#mapping.dialect === 'snowflake' ? 'gi' : 'g',
          ),
        }
      : {};
  }
}

/** A dbt call: `args` is empty where the plan names no counterpart. */
export interface JinjaTarget {
  call: 'ref' | 'source';
  args: string[];
}
