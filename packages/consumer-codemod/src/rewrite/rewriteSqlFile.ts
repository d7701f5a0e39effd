import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { readJinja } from '../mask/maskJinja';
import { Macros } from '../mask/macroUses';
import { Shim, shimMacros } from '../mask/shimMacros';
import { applyEdits, Edit, mergeEdits } from '../patch/Edit';
import { verifyEdits } from '../patch/verifyEdits';
import { schemaKey } from '../dbt/schemaKey';
import { NameMatcher } from '../names/NameMatcher';
import { SqlParser } from '../parser/SqlParser';
import { OldRead } from '../resolve/Reads';
import { Columns } from '../resolve/Scope';
import { placesIn } from '../text/placeAt';
import { analyzeSql, AnalyzeOptions, SqlAnalysis } from './analyzeSql';
import { carriedFields, describeUses } from './describeUses';
import { dropEdits, isDroppable } from './dropFields';
import { FileResult } from './FileResult';
import { findingFor } from './findingFor';
import { leaveEdits } from './leaveFields';
import { planEdits } from './planEdits';
import { questionFor } from './questions';
import { listStatements } from './listStatements';
import { findStrayMentions } from './strayMentions';
import { uniqueFindings } from './uniqueFindings';
import { View } from './View';

export interface RewriteOptions {
  path: string;
  text: string;
  view: View;
  matcher: NameMatcher;
  parser: SqlParser;
  /** Columns that the repository declares for other tables, with types. */
  schemas: ReadonlyMap<string, Array<{ name: string; type?: string }>>;
  macros: Macros;
  /** Set where the SQL stands in a string of another language. */
  noteReads?: AnalyzeOptions['noteReads'];
}

/** Rewrites one SQL file, or says why not: a file is edited in whole or left alone. */
export async function rewriteSqlFile(
  options: RewriteOptions,
): Promise<FileResult> {
  const { text, matcher, macros } = options;
  const shim = options.noteReads
    ? undefined
    : shimMacros(text, matcher, macros);
  if (shim) {
    const result = await rewriteText(
      { ...options, text: shim.text },
      { ...shim, original: text },
    );
    const left = result.findings.some(
      ({ reason }) => reason === 'FIELD_LEFT_TO_OWNER',
    );
    const asked = result.findings.some(({ route }) => route === 'question');
    if (!left && (asked || result.after !== undefined)) {
      // The edits are those of another text.
      const { edits: _, ...rest } = result;
      return rest;
    }
  }
  return rewriteText(options);
}

async function rewriteText(
  options: RewriteOptions,
  shim?: Shim & { original: string },
): Promise<FileResult> {
  const { path, text, view, matcher } = options;
  const origin = shim
    ? { text: shim.original, toFile: shim.toFile }
    : { text, toFile: (offset: number) => offset };
  const placeOf = placesIn(path, origin.text);
  const place = (start: number, end: number) =>
    placeOf(origin.toFile(start), origin.toFile(end));
  const file = readJinja(text);
  if ('at' in file) {
    const findings = [findingFor('JINJA_UNREADABLE', place(file.at, file.at))];
    return { path, statements: [], uses: [], findings };
  }
  const analyzeOptions: AnalyzeOptions = {
    file,
    matcher,
    dialect: view.mapping.dialect,
    parser: options.parser,
    oldFields: [...view.fields.keys()],
    newFields: view.newFields,
    changedFields: changedFields(view),
    macros: options.macros,
    columnsOf: (table: string): Columns =>
      options.schemas
        .get(schemaKey(table))
        ?.map(column => column.name.toLowerCase()),
    ...(options.noteReads && { noteReads: options.noteReads }),
  };
  const analysis = await analyzeSql(analyzeOptions);
  const stray = findStrayMentions(
    file,
    matcher,
    analysis.variants,
    options.macros,
  );
  const reads = analysis.variants.flatMap(({ statements }) =>
    statements.flatMap(statement => statement.reads),
  );
  const refusals = uniqueFindings(
    [
      ...analysis.refusals,
      ...analysis.variants.flatMap(variant => variant.refusals),
      ...stray.refusals,
    ].map(refusal =>
      findingFor(
        refusal.reason,
        place(refusal.start, refusal.end),
        refusal.detail,
      ),
    ),
  );
  const result = (
    findings: Finding[],
    route: DatasetUse['route'],
    change?: Required<Pick<FileResult, 'after' | 'statements' | 'edits'>>,
  ): FileResult => ({
    path,
    statements: [],
    ...change,
    uses: describeUses(place, text, analysis, view, route),
    findings,
    carried: carriedFields(analysis, view),
  });
  if (reads.length === 0 && stray.edits.length === 0) {
    // What cannot be read may still name the dataset; see `rewriteConsumer`.
    return result(refusals, 'person');
  }
  if (refusals.length > 0) {
    return result(refusals, 'person');
  }
  const plan = planEdits(file, analysis, view);
  if (!plan) {
    const [read] = reads;
    return result(
      [findingFor('EDIT_NOT_VERIFIED', place(read.start, read.end))],
      'person',
    );
  }
  const open = openFields(analysis, view, plan.decisions);
  const questions = open.filter(entry => entry.field.kind === 'question');
  if (questions.length > 0) {
    const typeOf = (name: string) =>
      view.mapping.from.contract.fields.find(field => field.name === name)
        ?.type ?? 'STRING';
    return result(
      uniqueFindings(
        questions.map(({ field, start, end }) =>
          questionFor(field.mapping, place(start, end), typeOf(field.name)),
        ),
      ),
      'question',
    );
  }
  const left = open.filter(entry => entry.field.kind === 'leave');
  if (left.length > 0) {
    const edits = leaveEdits(text, left);
    const after = applyEdits(text, edits);
    const findings = uniqueFindings(
      left.map(({ field, start, end }) => ({
        ...findingFor('FIELD_LEFT_TO_OWNER', place(start, end), field.name),
        field: field.name,
      })),
    );
    return after === text
      ? result(findings, 'person')
      : result(findings, 'person', { after, statements: [], edits });
  }
  const dropped = open.filter(entry => entry.field.kind === 'drop');
  const notDroppable = dropped.filter(
    ({ read }) => !isDroppable(analysis, read, view, plan.decisions),
  );
  if (notDroppable.length > 0) {
    return result(
      uniqueFindings(
        notDroppable.map(({ start, end }) =>
          findingFor('FIELD_DROP_NOT_PROVABLE', place(start, end)),
        ),
      ),
      'person',
    );
  }
  const edits: Edit[] = mergeEdits([
    plan.edits,
    stray.edits,
    dropEdits(analysis, view),
  ]);
  const after = applyEdits(text, edits);
  const verified = await verifyEdits(analyzeOptions, analysis, edits, after);
  if (!verified) {
    const [read] = reads;
    const at = read ?? stray.edits[0];
    return result(
      [findingFor('EDIT_NOT_VERIFIED', place(at.start, at.end))],
      'person',
    );
  }
  const findings = uniqueFindings(
    [
      ...[...plan.decisions].flatMap(([start, { reasons }]) =>
        reasons.map(reason => ({ reason, start })),
      ),
      ...reads.flatMap(({ notes, start }) =>
        [...notes].map(reason => ({ reason, start })),
      ),
    ].map(({ reason, start }) => findingFor(reason, place(start, start))),
  );
  const statements = await listStatements(
    options,
    analyzeOptions,
    analysis,
    verified,
    edits,
  );
  return result(findings, 'codemod', { after, statements, edits });
}

/** Lower case names of old fields that are not there under the same name any more. */
function changedFields(view: View): Set<string> {
  return new Set(
    [...view.fields]
      .filter(
        ([name, field]) =>
          field.kind !== 'expression' ||
          field.expression.text.toLowerCase() !== name,
      )
      .map(([name]) => name),
  );
}

/** Uses of fields that have no expression (yet). */
function openFields(
  analysis: SqlAnalysis,
  view: View,
  decisions: ReadonlyMap<number, { derived: boolean; fields: string[] }>,
) {
  return analysis.variants
    .flatMap(({ statements, tokens }) =>
      statements.flatMap(({ reads }) => reads.map(read => ({ read, tokens }))),
    )
    .flatMap(({ read, tokens }) =>
      (decisions.get(read.start)?.fields ?? []).flatMap(name => {
        const field = view.fields.get(name);
        if (!field || field.kind === 'expression') {
          return [];
        }
        const spots = spotsOf(read, name, tokens.list);
        return spots.map(spot => ({ field, read, ...spot }));
      }),
    );
}

function spotsOf(
  read: OldRead,
  name: string,
  tokens: readonly { start: number; end: number }[],
) {
  const named = read.uses
    .filter(use => use.field === name)
    .map(({ column }) => ({ start: column.nameStart, end: column.nameEnd }));
  // Behind a star, who reads the field matters more than the star.
  const readers = read.stars.flatMap(({ demand }) =>
    demand.all ? [] : demand.names.get(name) ?? [],
  );
  const stars = read.stars.map(({ item }) => ({
    start: tokens[item.start].start,
    end: tokens[item.end - 1].end,
  }));
  const spots =
    [named, readers.filter(({ start }) => start >= 0), stars].find(
      list => list.length > 0,
    ) ?? [];
  return spots.length > 0 ? spots : [{ start: read.start, end: read.end }];
}
