import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { findDbtCalls } from '../mask/dbtCalls';
import {
  isLive,
  JinjaFile,
  maskVariant,
  Placeholder,
  Variant,
} from '../mask/maskJinja';
import {
  hasBlankedMacro,
  listMacroUses,
  Macros,
  MacroUse,
} from '../mask/macroUses';
import { starMacro } from '../mask/starMacros';
import { NameMatcher } from '../names/NameMatcher';
import { ParsedSql, SqlParser } from '../parser/SqlParser';
import { OldRead, OtherInput, Refusal } from '../resolve/Reads';
import { PathMatch } from '../resolve/ResolveContext';
import { tokenAt } from '../resolve/tokenAt';
import { resolveReads } from '../resolve/resolveReads';
import { Columns } from '../resolve/Scope';
import { parseStatements, Statement } from '../resolve/statements';
import { Tokens } from '../resolve/Tokens';
import { matchPath } from './matchPath';

/** One combination of branches, parsed and resolved. */
export interface AnalyzedVariant {
  variant: Variant;
  masked: string;
  tokens: Tokens;
  statements: Array<{
    statement: Statement;
    reads: OldRead[];
    others: OtherInput[];
  }>;
  refusals: Refusal[];
}

export interface SqlAnalysis {
  variants: AnalyzedVariant[];
  refusals: Refusal[];
}

export interface AnalyzeOptions {
  file: JinjaFile;
  matcher: NameMatcher;
  dialect: SqlDialect;
  parser: SqlParser;
  oldFields: readonly string[];
  newFields: ReadonlySet<string>;
  changedFields: ReadonlySet<string>;
  macros: Macros;
  columnsOf(table: string): Columns;
  /** What a host language knows of a statement, such as what holes in a string may print. */
  noteReads?(entry: {
    variant: Variant;
    masked: string;
    tokens: Tokens;
    reads: OldRead[];
  }): Refusal[];
}

/** Texts that a placeholder can stand for, in the order they are tried. */
const RETRIES: Placeholder[] = ['blank', 'number', 'query'];
const MAX_RETRIES = 15;

/** Parses every live combination of branches and resolves the reads in each. */
export async function analyzeSql(
  options: AnalyzeOptions,
): Promise<SqlAnalysis> {
  const { file } = options;
  const variants: AnalyzedVariant[] = [];
  let failure: { result: ParsedSql; variant: Variant } | undefined;
  for (const variant of file.variants) {
    const { masked, result } = await parseVariant(options, variant);
    if (result.ok) {
      variants.push(resolveVariant(options, variant, masked, result));
    } else {
      failure = failure ?? { result, variant };
    }
  }
  const refusals: Refusal[] = [];
  if (failure && !failure.result.ok && !coversBranches(file, variants)) {
    const at = failure.result.at ?? 0;
    refusals.push({
      reason: reasonOf(failure.result, file.text),
      start: at,
      end: at,
      detail: failure.result.message,
    });
  }
  return { variants, refusals };
}

/** Stars of the old dataset that a macro prints, by the index of their span. */
function printedStars({
  file,
  matcher,
  dialect,
}: AnalyzeOptions): Map<number, string> {
  return new Map(
    [...file.spans.entries()].flatMap(([index, span]) => {
      const star = starMacro(span, matcher, dialect);
      return star ? [[index, star] as const] : [];
    }),
  );
}

function reasonOf(result: ParsedSql & { ok: false }, text: string): string {
  if (result.kind === 'limit') {
    return 'PARSER_LIMIT';
  }
  return /\|>/.test(text) ? 'SQL_PIPE_SYNTAX' : 'PARSE_FAILED';
}

/** `{% if not loop.last %} UNION ALL {% endif %}` joins what a loop repeats. */
function isSeparator(text: string): boolean {
  return (
    !/\w/.test(text) || /^\s*(union(\s+(all|distinct))?|and|or)\s*$/i.test(text)
  );
}

/** Every branch with words in it stands in a combination that parses. */
function coversBranches(
  file: JinjaFile,
  variants: readonly AnalyzedVariant[],
): boolean {
  return (
    variants.length > 0 &&
    file.blocks.conditionals.every((conditional, i) =>
      conditional.branches.every(
        (branch, n) =>
          isSeparator(file.text.slice(branch.start, branch.end)) ||
          variants.some(({ variant }) => variant.choice[i] === n),
      ),
    )
  );
}

async function parseVariant(options: AnalyzeOptions, variant: Variant) {
  const { file, parser, dialect } = options;
  const placeholders = new Map<number, Placeholder>();
  const tried = new Map<number, number>();
  const printed = printedStars(options);
  let masked = maskVariant(file, variant, placeholders, dialect, printed);
  let result = await parser.parse(masked, dialect);
  const first = { masked, result };
  for (let n = 0; n < MAX_RETRIES && !result.ok; n++) {
    const at = result.at ?? 0;
    const candidates = [...file.spans.entries()]
      .filter(
        ([index, span]) =>
          span.kind === 'expression' &&
          isLive(file, variant, span.start) &&
          (tried.get(index) ?? 0) < RETRIES.length &&
          findDbtCalls(span).length === 0,
      )
      .sort(([, a], [, b]) => Math.abs(a.start - at) - Math.abs(b.start - at));
    if (candidates.length === 0) {
      break;
    }
    const [index] = candidates[0];
    const attempt = tried.get(index) ?? 0;
    placeholders.set(index, RETRIES[attempt]);
    tried.set(index, attempt + 1);
    masked = maskVariant(file, variant, placeholders, dialect, printed);
    result = await parser.parse(masked, dialect);
    if (!result.ok && attempt + 1 === RETRIES.length) {
      // None helped: the fault is elsewhere.
      placeholders.delete(index);
    }
  }
  return result.ok ? { masked, result } : first;
}

function resolveVariant(
  options: AnalyzeOptions,
  variant: Variant,
  masked: string,
  parsed: ParsedSql & { ok: true },
): AnalyzedVariant {
  const { file, matcher } = options;
  const tokens = new Tokens(parsed.tokens);
  const refusals: Refusal[] = [];
  const statements: AnalyzedVariant['statements'] = [];
  const variables = declaredVariables(tokens);
  const macroUses = macrosIn(options, variant, tokens);
  const usesThis = /\{\{-?\s*this\s*-?\}\}/.test(file.text);
  for (const statement of parseStatements(tokens)) {
    const unread = unreadReason(options, parsed, tokens, statement);
    if (unread) {
      refusals.push(...unread.refusals);
      statements.push({ statement, reads: [], others: [] });
      continue;
    }
    const resolve = (model: Columns) =>
      resolveReads(
        {
          tokens,
          dialect: options.dialect,
          columns: parsed.columns,
          source: file.text,
          oldFields: options.oldFields,
          newFields: options.newFields,
          changedFields: options.changedFields,
          macroUses,
          variables,
          matchPath: (start, end): PathMatch | undefined =>
            matchPath(file, matcher, start, end),
          columnsOf: table =>
            /^\{\{-?\s*this\s*-?\}\}$/.test(table)
              ? model
              : options.columnsOf(table),
        },
        statement,
      );
    // `{{ this }}` has the columns that the model itself puts out.
    const first = resolve(undefined);
    const resolution = usesThis ? resolve(first.outputs) : first;
    for (const read of resolution.reads) {
      noteMacroClause(file, variant, masked, tokens, read);
    }
    const { reads, others } = resolution;
    refusals.push(
      ...resolution.refusals,
      ...(options.noteReads?.({ variant, masked, tokens, reads }) ?? []),
    );
    statements.push({ statement, reads, others });
  }
  return { variant, masked, tokens, statements, refusals };
}

/**
 * A statement that the parser or the resolver cannot read, such as the definition of
 * a function, matters only if it names the dataset.
 */
function unreadReason(
  { file, matcher }: AnalyzeOptions,
  parsed: ParsedSql & { ok: true },
  tokens: Tokens,
  statement: Statement,
): { refusals: Refusal[] } | undefined {
  const start = tokens.list[statement.start].start;
  const end = tokens.list[statement.end - 1].end;
  const unread = parsed.unread?.find(
    entry => entry.start < end && entry.end > start,
  );
  if (!unread && statement.unknown === undefined) {
    return undefined;
  }
  const words = tokens.list
    .slice(statement.start, statement.end)
    .map(token => file.text.slice(token.start, token.end))
    .join(' ')
    .replace(/ ?\. ?/g, '.');
  if (!matcher.mentions()?.test(words)) {
    return { refusals: [] };
  }
  if (unread) {
    const { at, message } = unread;
    const reason = words.includes('|>') ? 'SQL_PIPE_SYNTAX' : 'PARSE_FAILED';
    return { refusals: [{ reason, start: at, end: at, detail: message }] };
  }
  const token = tokens.list[statement.unknown ?? statement.start];
  return {
    refusals: [
      {
        reason: 'SQL_SHAPE_UNKNOWN',
        start: token?.start ?? start,
        end: token?.end ?? start,
      },
    ],
  };
}

/** Jinja that may print a column; inside of a string it prints a value. */
function macrosIn(
  { file, macros, matcher, dialect, noteReads }: AnalyzeOptions,
  variant: Variant,
  tokens: Tokens,
): MacroUse[] {
  if (noteReads) {
    // A host language's holes are judged by their host.
    return [];
  }
  const stars = new Set(
    file.spans.flatMap(span =>
      starMacro(span, matcher, dialect) ? [span.start] : [],
    ),
  );
  return listMacroUses(file, macros).filter(({ start, end }) => {
    const token = tokens.list[tokenAt(tokens, start)];
    return (
      isLive(file, variant, start) &&
      !stars.has(start) &&
      !(token?.kind === 'string' && token.start < start && token.end > end)
    );
  });
}

/** A macro between `FROM` and the end of `WHERE` may print conditions of its own. */
function noteMacroClause(
  file: JinjaFile,
  variant: Variant,
  masked: string,
  tokens: Tokens,
  read: OldRead,
) {
  const clauses = read.select?.clauses ?? [];
  const from = clauses.find(clause => clause.name === 'from');
  if (!from || !read.select) {
    return;
  }
  const filter = clauses.find(clause => clause.name === 'filter') ?? from;
  const start = tokens.list[from.start].start;
  const end = tokens.list[filter.end]?.start ?? file.text.length;
  if (
    read.select.from.some(item => item.macro) ||
    hasBlankedMacro(file, variant, masked, start, end)
  ) {
    read.derive.add('JINJA_MACRO_CLAUSE');
  }
}

function declaredVariables(tokens: Tokens): Set<string> {
  const names = new Set<string>();
  for (let i = 0; i < tokens.list.length; i++) {
    if (tokens.is(i, 'DECLARE')) {
      for (let n = i + 1; tokens.isName(n); n += 2) {
        names.add(tokens.name(n).toLowerCase());
        if (!tokens.is(n + 1, ',')) {
          break;
        }
      }
    }
  }
  return names;
}
