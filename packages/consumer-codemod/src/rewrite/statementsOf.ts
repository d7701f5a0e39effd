import { findDbtCalls } from '../mask/dbtCalls';
import { JinjaFile } from '../mask/maskJinja';
import { Macros } from '../mask/macroUses';
import { printMacro } from '../mask/printMacro';
import { JinjaSpan } from '../mask/scanJinja';
import { Edit } from '../patch/Edit';
import { VerifiedFile } from '../patch/verifyEdits';
import { isPlaceholder } from '../resolve/placeholder';
import { tokenAt } from '../resolve/tokenAt';
import { Tokens } from '../resolve/Tokens';
import { Statement } from '../resolve/statements';
import { AnalyzedVariant, SqlAnalysis } from './analyzeSql';
import { lastPart } from '../names/NameMatcher';
import { RewrittenStatement } from './FileResult';
import { inferColumns } from './inferColumns';
import { schemaKey } from '../dbt/schemaKey';
import type { RewriteOptions } from './rewriteSqlFile';

const MAX_STATEMENTS = 16;

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** A table name that every dialect reads as one path. */
function printTable(name: string): string {
  return /^[\w.]+$/.test(name) ? name : `\`${name}\``;
}

/** The table, under the name that qualifies its columns if that is another one. */
function printNamed(
  table: string,
  implicit: string,
  alias: string | undefined,
): string {
  const same = lastPart(table).toLowerCase() === implicit.toLowerCase();
  return alias || same
    ? printTable(table)
    : `${printTable(table)} AS ${printTable(implicit)}`;
}

/** Names that stand for other Jinja references; a prefix keeps them apart from CTEs. */
export function referenceName(written: string): string | undefined {
  const span = /^\{\{.*\}\}$/s.test(written)
    ? {
        kind: 'expression' as const,
        start: 0,
        end: written.length,
        body: written.slice(2, -2),
        bodyStart: 2,
      }
    : undefined;
  const call = span && findDbtCalls(span)[0];
  if (!call) {
    return undefined;
  }
  // The last part is what qualifies columns where the query gives no alias.
  const parts = call.args.map(arg => arg.replace(/\W/g, '_'));
  const schema = ['dbt', call.call, ...parts.slice(0, -1)].join('_');
  return `${schema}.${parts[parts.length - 1]}`;
}

/** The placeholder stands between the brackets behind `OVER`, for all or some of what they hold. */
function isInWindow(tokens: Tokens, span: JinjaSpan): boolean {
  let depth = 0;
  for (let at = tokenAt(tokens, span.start) - 1; at > 0; at--) {
    if (tokens.is(at, ')')) depth++;
    if (tokens.is(at, '(') && depth-- === 0) return tokens.is(at - 1, 'OVER');
  }
  return false;
}

/** In a window, a placeholder that no comma or keyword asks for is a clause: left out. */
function isWindowClause(tokens: Tokens, span: JinjaSpan): boolean {
  const before = tokens.word(tokenAt(tokens, span.start) - 1);
  return (
    isInWindow(tokens, span) && !/^(,|BY|[-+*\/=<>|]+|AND|OR)$/.test(before)
  );
}

/** The placeholder stands where an expression or a whole query can stand. */
function isOperand(tokens: Tokens, span: JinjaSpan): boolean {
  const at = tokenAt(tokens, span.start);
  const token = tokens.list[at];
  return (
    span.kind === 'expression' &&
    token?.start === span.start &&
    token.end === span.end &&
    !/^(FROM|JOIN|AS|INTO|\.)$/.test(tokens.word(at - 1)) &&
    !/^(\.|\()$/.test(tokens.word(at + 1))
  );
}

function render(
  file: JinjaFile,
  variant: AnalyzedVariant,
  range: { start: number; end: number },
  datasets: readonly Replacement[],
  macros: Macros,
): string {
  const taken = new Set(datasets.map(({ start }) => start));
  const replacements = [
    ...datasets,
    ...file.spans.flatMap((span): Replacement[] => {
      const written = file.text.slice(span.start, span.end);
      if (!isPlaceholder(variant.masked.slice(span.start, span.end))) {
        return [];
      }
      const clause = isWindowClause(variant.tokens, span) ? '' : undefined;
      const name =
        referenceName(written) ??
        clause ??
        (isOperand(variant.tokens, span)
          ? printMacro(span, macros)
          : undefined);
      return name !== undefined && !taken.has(span.start)
        ? [{ start: span.start, end: span.end, text: name }]
        : [];
    }),
  ]
    .filter(
      ({ start, end }) =>
        start >= range.start &&
        end <= range.end &&
        variant.masked.slice(start, end).trim() !== '',
    )
    .sort((a, b) => a.start - b.start);
  let text = '';
  let position = range.start;
  for (const replacement of replacements) {
    const before = variant.masked.slice(position, replacement.start);
    // `join{{ ref('x') }}`
    const gap = /\w$/.test(before) ? ' ' : '';
    text += before + gap + replacement.text;
    position = replacement.end;
  }
  return (text + variant.masked.slice(position, range.end)).trim();
}

/** The part of a statement that reads: its query, or the source of a `MERGE`. */
function readingPart(
  variant: AnalyzedVariant,
  statement: Statement,
): { start: number; end: number; prefix: string } | undefined {
  const { list } = variant.tokens;
  const part = statement.query ?? statement.sources[0] ?? statement.nested[0];
  if (!part) {
    return undefined;
  }
  return {
    start: list[part.start].start,
    end: list[part.end - 1].end,
    prefix:
      statement.query || statement.sources.length === 0 ? '' : 'SELECT * FROM ',
  };
}

/** Pairs each statement that reads the dataset with its rewritten form. */
export function listStatements(
  options: RewriteOptions,
  file: JinjaFile,
  analysis: SqlAnalysis,
  verified: VerifiedFile,
  edits: readonly Edit[],
): RewrittenStatement[] {
  const { matcher } = options;
  const statements: RewrittenStatement[] = [];
  const newTables = replacedTables(edits, matcher.newTable, analysis);
  for (const before of analysis.variants) {
    const after = verified.analysis.variants.find(
      entry => entry.variant.choice.join() === before.variant.choice.join(),
    );
    for (const [index, entry] of before.statements.entries()) {
      const later = after?.statements[index];
      if (!after || !later || entry.reads.length === 0) {
        continue;
      }
      const oldRange = readingPart(before, entry.statement);
      const newRange = readingPart(after, later.statement);
      if (!oldRange || !newRange) {
        continue;
      }
      const oldTables = entry.reads.map(read => ({
        start: read.start,
        end: read.end,
        text: printNamed(matcher.oldTable, read.implicitOld, read.item.alias),
      }));
      const seen = new Map<string, RewrittenStatement['tables'][number]>();
      for (const other of entry.others) {
        const written = file.text.slice(other.start, other.end);
        const name =
          referenceName(written) ??
          before.masked.slice(other.start, other.end).replace(/[`"]/g, '');
        const schema = options.schemas.get(schemaKey(written));
        const columns = inferColumns(before, entry.reads, options.view, other);
        const known = seen.get(name)?.columns ?? [];
        seen.set(name, {
          name,
          columns:
            schema ??
            [...known, ...columns].filter(
              (column, n, all) =>
                all.findIndex(({ name: same }) => same === column.name) === n,
            ),
        });
      }
      const { label } = before.variant;
      statements.push({
        label: `statement ${index + 1}${label ? ` · ${label}` : ''}`,
        oldSql:
          oldRange.prefix +
          render(file, before, oldRange, oldTables, options.macros),
        newSql:
          newRange.prefix +
          render(verified.file, after, newRange, newTables, options.macros),
        tables: [...seen.values()],
        ordered: entry.statement.query?.ordered ?? false,
      });
    }
  }
  return statements.slice(0, MAX_STATEMENTS);
}

/** Where the new dataset's name stands in the rewritten text. */
function replacedTables(
  edits: readonly Edit[],
  table: string,
  analysis: SqlAnalysis,
): Replacement[] {
  const names = new Map(
    analysis.variants.flatMap(({ statements }) =>
      statements.flatMap(({ reads }) =>
        reads.map(read => [read.start, read] as const),
      ),
    ),
  );
  let shift = 0;
  const replacements: Replacement[] = [];
  for (const edit of edits) {
    const read = edit.start === edit.owner ? names.get(edit.owner) : undefined;
    const name = read?.replacement ?? '';
    const at = read ? edit.text.indexOf(name) : -1;
    if (read && at !== -1) {
      const start = edit.start + shift + at;
      // Inside of a derived table nothing is qualified.
      const alias = edit.text === name ? read.item.alias : 'inside';
      const text = printNamed(table, read.implicitNew, alias);
      replacements.push({ start, end: start + name.length, text });
    }
    shift += edit.text.length - (edit.end - edit.start);
  }
  return replacements;
}
