import { canHappen } from '../jinja/canHappen';
import { Interpreter } from '../jinja/Interpreter';
import { TooMuch } from '../jinja/JinjaValue';
import { parseTemplate } from '../jinja/parseTemplate';
import { Rendered, renderFile, Replacement } from '../jinja/renderFile';
import { JinjaFile, readJinja } from '../mask/maskJinja';
import { Edit } from '../patch/Edit';
import { VerifiedFile } from '../patch/verifyEdits';
import { Statement } from '../resolve/statements';
import { ofDialect } from '../dbt/ofDialect';
import { schemaKey } from '../dbt/schemaKey';
import {
  AnalyzedVariant,
  AnalyzeOptions,
  analyzeSql,
  SqlAnalysis,
} from './analyzeSql';
import { RewrittenStatement } from './FileResult';
import { inferColumns } from './inferColumns';
import { placeholderFor, referenceName } from './placeholderFor';
import { printNamed, replacedTables } from './printTables';
import type { RewriteOptions } from './rewriteSqlFile';

const MAX_STATEMENTS = 16;

type Entry = AnalyzedVariant['statements'][number];

/** A statement that reads the dataset, in the old file and in the new one. */
interface Pair {
  index: number;
  before: AnalyzedVariant;
  entry: Entry;
  after: AnalyzedVariant;
  later: Entry;
}

interface Printed {
  old: Rendered;
  next: Rendered;
  /** Macros that were run, and settings that were taken as given. */
  assumed: string[];
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
    // Clauses that only Jinja prints, such as `group_by`, have no tokens.
    end: list[part.end]?.start ?? variant.masked.length,
    prefix:
      statement.query || statement.sources.length === 0 ? '' : 'SELECT * FROM ',
  };
}

/** Prints the pairs, as their macros do or with placeholders for all of them. */
class StatementPrinter {
  readonly #options: RewriteOptions;
  readonly #old: { file: JinjaFile; nodes: ReturnType<typeof nodesOf> };
  readonly #next: { file: JinjaFile; nodes: ReturnType<typeof nodesOf> };
  readonly #newTables: readonly Replacement[];

  constructor(
    options: RewriteOptions,
    file: JinjaFile,
    verified: VerifiedFile,
    newTables: readonly Replacement[],
  ) {
    this.#options = options;
    this.#old = { file, nodes: nodesOf(file) };
    this.#next = { file: verified.file, nodes: nodesOf(verified.file) };
    this.#newTables = newTables;
  }

  /** Nothing if there is nothing to print, or macros do too much. */
  print(pair: Pair, runMacros: boolean): Printed | undefined {
    const { matcher } = this.#options;
    const oldTables = pair.entry.reads.map(read => ({
      start: read.start,
      end: read.end,
      text: printNamed(matcher.oldTable, read.implicitOld, read.item.alias),
    }));
    try {
      const old = this.#side(
        this.#old,
        [pair.before, pair.entry.statement],
        oldTables,
        runMacros,
      );
      const next = this.#side(
        this.#next,
        [pair.after, pair.later.statement],
        this.#newTables,
        runMacros,
      );
      return old && next
        ? {
            old: old.rendered,
            next: next.rendered,
            assumed: [...new Set([...old.used, ...next.used])].sort(),
          }
        : undefined;
    } catch (error) {
      if (runMacros && error instanceof TooMuch) {
        return undefined;
      }
      throw error;
    }
  }

  #side(
    { file, nodes }: { file: JinjaFile; nodes: ReturnType<typeof nodesOf> },
    [variant, statement]: [AnalyzedVariant, Statement],
    replacements: readonly Replacement[],
    runMacros: boolean,
  ): { rendered: Rendered; used: ReadonlySet<string> } | undefined {
    const part = readingPart(variant, statement);
    if (!part || !nodes) {
      return undefined;
    }
    const { matcher, view, macros } = this.#options;
    const interpreter = new Interpreter({
      dialect: view.mapping.dialect,
      macros,
      isHidden: (call, args) => matcher.matchJinja(call, args) !== undefined,
    });
    const rendered = renderFile({
      file,
      nodes,
      variant: variant.variant,
      range: part,
      replacements,
      ...(runMacros && { interpreter }),
      placeholder: span => placeholderFor(file, variant, span),
    });
    const text = part.prefix + rendered.text;
    return { rendered: { ...rendered, text }, used: interpreter.used };
  }
}

function nodesOf(file: JinjaFile) {
  return parseTemplate(file.text, file.spans);
}

function tablesOf(
  options: RewriteOptions,
  text: string,
  variant: AnalyzedVariant,
  entry: Entry,
): RewrittenStatement['tables'] {
  const seen = new Map<string, RewrittenStatement['tables'][number]>();
  for (const other of entry.others) {
    const written = text.slice(other.start, other.end);
    const name =
      referenceName(written) ??
      variant.masked.slice(other.start, other.end).replace(/[`"]/g, '');
    const columns = inferColumns(variant, entry.reads, options.view, other);
    const known = seen.get(name)?.columns ?? [];
    const declared = options.schemas.get(schemaKey(written));
    seen.set(name, {
      name,
      columns:
        (declared && ofDialect(declared, options.view.mapping.dialect)) ??
        [...known, ...columns].filter(
          (column, n, all) =>
            all.findIndex(({ name: same }) => same === column.name) === n,
        ),
    });
  }
  return [...seen.values()];
}

/** Every edit stands in the text of a statement: none is left out of what is compared. */
function printsEdits(edits: readonly Edit[], printed: readonly Printed[]) {
  let shift = 0;
  return edits.every(({ start, end, text }) => {
    const from = start + shift;
    shift += text.length - (end - start);
    const to = from + text.length;
    const stretches = printed.flatMap(({ next }) => next.printed);
    return (
      text.trim() === '' ||
      stretches.some(stretch => stretch.start < to && stretch.end > from)
    );
  });
}

/** Pairs each statement that reads the dataset with its rewritten form. */
export async function listStatements(
  options: RewriteOptions,
  analyzeOptions: AnalyzeOptions,
  analysis: SqlAnalysis,
  verified: VerifiedFile,
  edits: readonly Edit[],
): Promise<RewrittenStatement[]> {
  const { file } = analyzeOptions;
  const nodes = nodesOf(file) ?? [];
  const all = analysis.variants.flatMap((before): Pair[] => {
    const after = verified.analysis.variants.find(
      entry => entry.variant.choice.join() === before.variant.choice.join(),
    );
    return before.statements.flatMap((entry, index): Pair[] => {
      const later = after?.statements[index];
      return after && later && entry.reads.length > 0
        ? [{ index, before, entry, after, later }]
        : [];
    });
  });
  const likely = all.filter(({ before }) =>
    canHappen(nodes, before.variant.choice),
  );
  const printer = new StatementPrinter(
    options,
    file,
    verified,
    replacedTables(edits, options.matcher.newTable, analysis),
  );
  const covers = (chosen: readonly Pair[], runMacros: boolean) => {
    const texts = chosen.flatMap(pair => printer.print(pair, runMacros) ?? []);
    return texts.length === chosen.length && printsEdits(edits, texts);
  };
  // A branch of which only impossible combinations are known is compared in those.
  const pairs = covers(likely, false) ? likely : all;
  const complete = covers(pairs, true);
  const statements = new Map<string, RewrittenStatement>();
  for (const pair of pairs) {
    const { before, entry, index } = pair;
    const plain = printer.print(pair, false);
    const run = complete ? printer.print(pair, true) : undefined;
    const tables = run && (await readPrinted(options, analyzeOptions, run));
    const chosen = tables ? run : plain;
    const { label } = before.variant;
    if (!chosen || statements.size >= MAX_STATEMENTS) {
      continue;
    }
    const key = JSON.stringify([chosen.old.text, chosen.next.text]);
    if (!statements.has(key)) {
      statements.set(key, {
        label: `statement ${index + 1}${label ? ` · ${label}` : ''}`,
        oldSql: chosen.old.text,
        newSql: chosen.next.text,
        tables: tables ?? tablesOf(options, file.text, before, entry),
        ordered: entry.statement.query?.ordered ?? false,
        ...(tables &&
          run &&
          run.assumed.length > 0 && { assumed: run.assumed }),
      });
    }
  }
  return [...statements.values()];
}

/** The other tables that a printed statement reads; nothing if it is no SQL. */
async function readPrinted(
  options: RewriteOptions,
  analyzeOptions: AnalyzeOptions,
  { old, next }: Printed,
): Promise<RewrittenStatement['tables'] | undefined> {
  const { parser, dialect } = analyzeOptions;
  const file = readJinja(old.text);
  if ('at' in file || file.spans.length > 0) {
    return undefined;
  }
  const parsed = await parser.parse(next.text, dialect);
  const analysis = await analyzeSql({ ...analyzeOptions, file });
  const [variant] = analysis.variants;
  const entry = variant?.statements[0];
  return parsed.ok && !parsed.unread?.length && entry && entry.reads.length > 0
    ? tablesOf(options, old.text, variant, entry)
    : undefined;
}
