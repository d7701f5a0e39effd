import { parse } from 'yaml';
import { isLive, JinjaFile, SILENT, Variant } from './maskJinja';
import { findDbtCalls } from './dbtCalls';
import { JinjaSpan } from './scanJinja';

/** Bodies of the repository's own macros, by name. */
export type Macros = ReadonlyMap<string, string>;

/** A Jinja expression, with what it may print. */
export interface MacroUse {
  start: number;
  end: number;
  /** Lower case words among which are all column names that it prints, unless it is opaque. */
  words: ReadonlySet<string>;
  /** Those that stand for themselves somewhere, not as a qualifier. */
  alone: ReadonlySet<string>;
  /** It may print any column: its text does not tell which. */
  opaque: boolean;
}

const MACRO =
  /\{%-?\s*macro\s+(\w+)\s*\(([^]*?)\)\s*-?%\}([^]*?)\{%-?\s*endmacro\s*-?%\}/g;

/** Reads the macros that the repository defines. */
export function collectMacros(
  files: Iterable<{ path: string; text: string }>,
): Macros {
  const macros = new Map<string, string>();
  // The settings of a project go before those of the projects that test it.
  const depth = (path: string) => path.split('/').length;
  const ordered = [...files].sort((a, b) => depth(a.path) - depth(b.path));
  for (const { path, text } of ordered) {
    if (/(^|\/)dbt_project\.ya?ml$/.test(path)) {
      collectVariables(text, macros);
    }
    if (path.endsWith('.sql') && text.includes('endmacro')) {
      for (const [, name, signature, body] of text.matchAll(MACRO)) {
        // One that is defined twice is known by none of its signatures.
        if (macros.has(name)) {
          macros.delete(`signature:${name}`);
        } else {
          macros.set(`signature:${name}`, signature);
        }
        // Several definitions of one name: any of them may be meant.
        macros.set(name, `${macros.get(name) ?? ''}\n${body}`);
      }
    }
  }
  return macros;
}

/** What `var('x')` prints is kept under `var:x`. */
function collectVariables(text: string, macros: Map<string, string>) {
  let project: unknown;
  try {
    project = parse(text, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return;
  }
  const visit = (node: unknown) => {
    if (typeof node === 'object' && node !== null && !Array.isArray(node)) {
      for (const [key, value] of Object.entries(node)) {
        const name = `var:${key}`;
        macros.set(name, `${macros.get(name) ?? ''}\n${JSON.stringify(value)}`);
        visit(value);
      }
    }
  };
  if (typeof project === 'object' && project !== null && 'vars' in project) {
    visit(project.vars);
  }
}

/** Macros of packages that print their arguments and nothing else of a table. */
const HARMLESS =
  /^(dbt|dbt_utils|dbt_date|dbt_expectations|fivetran_utils|modules|loop|caller|exceptions|adapter|api|target|this|flags|model|context|tojson|fromjson)\./;
/** What reads columns from the warehouse, or prints lists that are not in its text. */
const READS_COLUMNS =
  /\b(star|run_query|statement|load_result|graph|union_relations|unpivot|pivot|deduplicate|get_\w+|fill_\w+|add_\w*columns\w*|\w*pass_through\w*|\w*staging_columns)\s*[(.]/;
const BUILT_IN =
  /^(ref|source|var|env_var|config|return|range|zip|zip_strict|set|set_strict|log|print|is_incremental|dict|list|lipsum|namespace|and|or|not|in|is|if|else|elif|for|as|macro|call|do|join|replace|upper|lower|trim|split|format|append|items|keys|values|get|startswith|endswith|strip|lstrip|rstrip|strftime|cast|coalesce|nullif|concat|type_\w+|surrogate_key|generate_surrogate_key|group_by|current_timestamp|date_trunc|datediff|dateadd|default|map|select|selectattr|reject|unique|sort|first|last|length|int|float|string|as_bool|as_number|as_native|as_text)$/;
const GLOBALS =
  /^(this|target|var|env_var|ref|source|model|loop|true|false|none|not|and|or|if|else|in|is|for|config|flags|builtins|invocation_id|run_started_at|execute|dbt|dbt_utils|adapter|api|exceptions|modules|caller|return)$/i;

function wordsOf(text: string): string[] {
  return (text.match(/[A-Za-z_]\w*/g) ?? []).map(word => word.toLowerCase());
}

/** Bodies of the macros that a text calls, directly or through others, and whether all are known. */
function calledBodies(
  text: string,
  macros: Macros,
): { bodies: string[]; known: boolean } {
  const seen = new Set<string>();
  const queue = [text];
  const bodies: string[] = [];
  let known = true;
  const follow = (name: string) => {
    const body = macros.get(name);
    if (body !== undefined && !seen.has(name)) {
      seen.add(name);
      bodies.push(body);
      queue.push(body);
    }
    return body !== undefined;
  };
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const jinja = next === text ? next : jinjaOf(next);
    for (const [, name] of jinja.matchAll(/dispatch\s*\(\s*['"](\w+)['"]/g)) {
      for (const candidate of macros.keys()) {
        if (candidate.endsWith(`__${name}`)) {
          follow(candidate);
        }
      }
    }
    for (const [, name] of jinja.matchAll(/\bvar\s*\(\s*['"](\w+)['"]/g)) {
      follow(`var:${name}`);
    }
    for (const [, path, name] of withoutStrings(jinja).matchAll(
      /((?:\w+\s*\.\s*)*)(\w+)\s*\(/g,
    )) {
      const followed = follow(name);
      known =
        known &&
        (followed || HARMLESS.test(path) || BUILT_IN.test(name.toLowerCase()));
    }
  }
  return { bodies, known };
}

/** What is inside of the Jinja marks of a macro's body. */
function jinjaOf(body: string): string {
  return (body.match(/\{\{[^]*?\}\}|\{%[^]*?%\}/g) ?? []).join('\n');
}

/** Strings in a macro's SQL are values; those in its Jinja may become names. */
function withoutSqlStrings(body: string): string {
  const jinja = jinjaOf(body);
  const sql = body
    .replace(/\{\{[^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}/g, ' ')
    .replace(/--[^\n]*/g, ' ');
  return `${jinja}\n${sql.replace(/'[^'\n]*'/g, ' ')}`;
}

function withoutStrings(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"/g, quoted => ' '.repeat(quoted.length));
}

/** A plain reference, value or setting: prints no column. */
function isPlain(span: JinjaSpan): boolean {
  return (
    SILENT.test(span.body) ||
    /^\s*(this(\.\w+)*|target(\.\w+)*|run_started_at|invocation_id)\s*$/.test(
      span.body,
    ) ||
    findDbtCalls(span).some(call => call.bare)
  );
}

/**
 * Lists the Jinja expressions that may print names of columns. What a macro prints
 * is not edited; where it may name a field, the old names are kept in scope.
 */
export function listMacroUses(file: JinjaFile, macros: Macros): MacroUse[] {
  const hidden = (offset: number) =>
    file.blocks.hidden.some(
      range => offset >= range.start && offset < range.end,
    );
  const statements = file.spans.filter(
    span => span.kind === 'statement' && !hidden(span.start),
  );
  // What the file's variables hold: too much does no harm here.
  const assigned = [
    ...statements.map(span => span.body),
    ...file.blocks.hidden.map(({ start, end }) => file.text.slice(start, end)),
  ].join('\n');
  const variables = new Set(
    statements.flatMap(({ body }) =>
      /^\s*(set|for)\b/.test(body)
        ? wordsOf(body.split(/=|\bin\b/)[0] ?? '')
        : [],
    ),
  );
  return file.spans.flatMap((span): MacroUse[] => {
    const { start, end, body } = span;
    if (span.kind !== 'expression' || isPlain(span) || hidden(start)) {
      return [];
    }
    const free = wordsOf(
      withoutStrings(body).replace(/\.\s*\w+|\w+\s*(?=\(|=(?!=))/g, ' '),
    ).filter(word => !GLOBALS.test(word));
    const usesVariables = free.length > 0;
    const text = usesVariables ? `${body}\n${assigned}` : body;
    const { bodies, known } = calledBodies(text, macros);
    const all = [text, ...bodies.map(withoutSqlStrings)].join('\n');
    return [
      {
        start,
        end,
        words: new Set(wordsOf(all)),
        alone: new Set(wordsOf(all.replace(/\w+\s*\./g, ' '))),
        opaque:
          !known ||
          READS_COLUMNS.test(
            withoutStrings([text, ...bodies.map(jinjaOf)].join('\n')),
          ) ||
          free.some(word => !variables.has(word)),
      },
    ];
  });
}

/** Macro calls in `[start, end)` that the mask left out, so that no token stands for them. */
export function hasBlankedMacro(
  file: JinjaFile,
  variant: Variant,
  masked: string,
  start: number,
  end: number,
): boolean {
  return file.spans.some(
    span =>
      span.kind === 'expression' &&
      span.start >= start &&
      span.start < end &&
      !SILENT.test(span.body) &&
      isLive(file, variant, span.start) &&
      masked.slice(span.start, span.end).trim() === '' &&
      // In a comment it prints nothing that counts.
      !/--[^\n]*$/.test(file.text.slice(0, span.start)),
  );
}
