import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { Macros } from '../mask/macroUses';
import { JinjaValue, UNKNOWN, valueOfJson } from './JinjaValue';
import { isLibrary, libraryMacro, MacroText } from './libraryMacros';
import { MacroDefinition, parseMacro } from './parseMacro';

/** A macro under the name that the record gives it. */
export interface FoundMacro {
  name: string;
  definition?: MacroDefinition;
  /** It may be given the items of a list one by one. */
  takesItems?: boolean;
}

/** The macros in reach of a project: its own, and those of published packages. */
export class MacroBook {
  readonly #macros: Macros;
  readonly #dialect: SqlDialect;
  readonly #parsed = new Map<string, MacroDefinition | undefined>();

  constructor(macros: Macros, dialect: SqlDialect) {
    this.#macros = macros;
    this.#dialect = dialect;
  }

  /** The macro that `name(…)` or `package.name(…)` calls. */
  find(path: readonly string[]): FoundMacro | undefined {
    if (path.length > 2) {
      return undefined;
    }
    const name = path[path.length - 1];
    const library = path.length === 2 ? path[0] : undefined;
    if (library !== undefined && isLibrary(library)) {
      return this.#inLibrary(library, name);
    }
    if (this.#macros.has(name)) {
      return this.#own(name);
    }
    return library === undefined ? this.#inLibrary('dbt', name) : undefined;
  }

  /** The macro that `adapter.dispatch('name')` chooses. */
  dispatched(name: string): FoundMacro | undefined {
    const found = this.#variants(name).find(each => this.#macros.has(each));
    return found ? this.#own(found) : undefined;
  }

  /** What dbt_project.yml says of a variable; nothing if it does not name it. */
  variable(name: string): { value: JinjaValue } | undefined {
    const lines = this.#macros.get(`var:${name}`)?.trim().split('\n');
    if (!lines) {
      return undefined;
    }
    try {
      const value = valueOfJson(JSON.parse(lines[0]));
      // A template of its own.
      const isTemplate = typeof value === 'string' && value.includes('{');
      return { value: isTemplate ? UNKNOWN : value };
    } catch {
      return { value: UNKNOWN };
    }
  }

  #variants(name: string): string[] {
    return [this.#dialect, 'default'].map(prefix => `${prefix}__${name}`);
  }

  #inLibrary(library: string, name: string): FoundMacro | undefined {
    // The project may have one of its own, which dbt prefers.
    if (this.#variants(name).some(each => this.#macros.has(each))) {
      return undefined;
    }
    const key = `${library}.${name}`;
    const text = libraryMacro(library, name, this.#dialect);
    return {
      name: key,
      definition: text && this.#parse(`library:${key}`, text),
      takesItems: /^(generate_)?surrogate_key$|^safe_(add|subtract)$/.test(
        name,
      ),
    };
  }

  /** A macro of the repository, if only one has the name. */
  #own(name: string): FoundMacro {
    const body = this.#macros.get(name);
    const parameters = this.#macros.get(`signature:${name}`);
    return body === undefined || parameters === undefined
      ? { name }
      : { name, definition: this.#parse(name, { parameters, body }) };
  }

  #parse(key: string, text: MacroText): MacroDefinition | undefined {
    if (!this.#parsed.has(key)) {
      this.#parsed.set(key, parseMacro(text));
    }
    return this.#parsed.get(key);
  }
}
