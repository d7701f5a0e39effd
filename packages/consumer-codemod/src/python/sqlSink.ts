import { EmbeddedResult, EmbeddedSql, rewriteEmbedded } from '../embedded';
import { CodeNode } from '../treeSitter/CodeParser';
import { argumentsOf, calleeOf, methodOf } from './calls';
import { hasOpenMention } from './classifyText';
import { changeHole } from './constants';
import { Sink } from './flows';
import { Outcome, PythonFile } from './PythonFile';
import { refuse } from './refuse';
import { isAddedToElsewhere } from './sharedNames';
import { isPortable } from './sparkExpressions';
import { HolePiece, printTemplate, toEmbedded } from './Template';
import { unneededFields } from './unneededFields';
import { staysWhole } from './wholeUse';
import { withProjects } from './withProjects';

/** Rewrites the SQL that a string holds where it is used. */
export async function rewriteSql(
  file: PythonFile,
  sink: Sink,
): Promise<Outcome> {
  const template = withProjects(file, sink.template);
  const outcome: Outcome = {
    edits: [],
    comments: [],
    node: template.node,
    uses: [],
    findings: [],
    statements: [],
  };
  const refused = (reason: string, detail?: string) =>
    refuse(file, template, reason, detail);
  const embedded = toEmbedded(template);
  const result =
    (await rewriteStar(file, sink, embedded)) ??
    (await rewriteEmbedded(file, embedded, file.context));
  if (!result.affected) {
    return hasOpenMention(printTemplate(template), file.context.matcher)
      ? refused('TABLE_NAME_AMBIGUOUS')
      : outcome;
  }
  const { uses, findings, comments, statements } = result;
  const described = { ...outcome, uses, findings, comments };
  if (!result.rewritten) {
    return described;
  }
  const problem = flowProblem(file, sink);
  if (problem) {
    return refused(problem);
  }
  const edits = [...result.edits];
  for (const { hole, value, replacement } of result.tables) {
    const piece = template.pieces.find(
      (entry): entry is HolePiece =>
        entry.kind === 'hole' &&
        entry.start === hole.start &&
        entry.end === hole.end,
    );
    const change =
      piece && changeHole(file.evaluator, piece, value, replacement);
    if (!change) {
      return refused('PYTHON_NAME_NOT_EDITABLE', value);
    }
    edits.push(...change);
  }
  if (isSpark(file, sink) && !isPortable(file.view, edits)) {
    return refused('PYTHON_SPARK_EXPRESSION');
  }
  return {
    ...described,
    edits,
    statements,
    ...(result.expected !== undefined && { expected: result.expected }),
  };
}

/** Readers whose result is what the statement selects. */
const READERS =
  /^(read_gbq|read_gbq_query|read_sql|read_sql_query|query|query_and_wait|sql)$/;
/** What makes rows depend on all of their columns. */
const WHOLE_ROWS =
  /\b(distinct|union|intersect|insert|merge|create|to_json\w*|format|any_value|array|struct|count\s*\(\s*distinct)\b/i;

/**
 * `SELECT *` of which the code names the columns that it reads: those that the owner
 * would have to decide on are left out where the code has no use for them.
 */
async function rewriteStar(
  file: PythonFile,
  sink: Sink,
  embedded: EmbeddedSql,
): Promise<EmbeddedResult | undefined> {
  const { call, template } = sink;
  const text = printTemplate(template);
  if (
    !call ||
    !text.includes('*') ||
    WHOLE_ROWS.test(text) ||
    !READERS.test(methodOf(file.tree, call))
  ) {
    return undefined;
  }
  const unneeded = unneededFields(file, call);
  if (unneeded.size === 0) {
    return undefined;
  }
  const full = await rewriteEmbedded(file, embedded, file.context);
  if (!full.findings.some(({ route }) => route === 'question')) {
    return undefined;
  }
  const { mapping } = file.context;
  const kept = ({ name }: { name: string }) =>
    !unneeded.has(name.toLowerCase());
  const { contract } = mapping.from;
  const reduced = await rewriteEmbedded(file, embedded, {
    ...file.context,
    mapping: {
      ...mapping,
      fields: mapping.fields.filter(kept),
      from: {
        ...mapping.from,
        contract: { ...contract, fields: contract.fields.filter(kept) },
      },
    },
  });
  if (!reduced.rewritten) {
    return undefined;
  }
  const except = [...unneeded].join(', ');
  return {
    ...reduced,
    statements: reduced.statements.map(statement => ({
      ...statement,
      oldSql: `SELECT * EXCEPT (${except}) FROM (${statement.oldSql})`,
      ordered: false,
    })),
  };
}

/** Why the statement that runs may be another one than the string. */
function flowProblem(file: PythonFile, sink: Sink): string | undefined {
  const { evaluator } = file;
  if (isLegacy(file, sink)) {
    return 'SQL_LEGACY';
  }
  const known =
    sink.kind !== 'dynamic' &&
    sink.kind !== 'other' &&
    staysWhole(evaluator, sink) &&
    !isAddedToElsewhere(file, sink);
  return known ? undefined : 'PYTHON_SQL_DYNAMIC';
}

const LEGACY = /use_?legacy_?sql["']?\s*[=:]\s*True/i;

/** A configuration that is made elsewhere in the file. */
function isLegacyConfig(
  { tree, names, text }: PythonFile,
  value: CodeNode,
): boolean {
  if (value.type !== 'identifier') {
    return false;
  }
  const made = names.reaching(value)?.value;
  const name = tree.textOf(value);
  return made
    ? LEGACY.test(tree.textOf(made)) ||
        new RegExp(`\\b${name}\\.use_legacy_sql\\s*=\\s*True`).test(text)
    : LEGACY.test(text);
}

/** A setting next to the query that makes it legacy SQL, or one that may. */
function isLegacy(file: PythonFile, sink: Sink): boolean {
  const { tree } = file;
  const holder = sink.kind === 'pair' ? tree.parent(sink.node) : undefined;
  const around = sink.call ?? (holder && tree.parent(holder));
  if (!around) {
    return false;
  }
  const settings = sink.call ? argumentsOf(tree, sink.call) : [];
  return (
    LEGACY.test(tree.textOf(around)) ||
    settings.some(
      ({ keyword, value }) =>
        (keyword === 'dialect' && /legacy/.test(tree.textOf(value))) ||
        (/config/.test(keyword ?? '') && isLegacyConfig(file, value)),
    )
  );
}

function isSpark(file: PythonFile, sink: Sink): boolean {
  return (
    sink.kind === 'argument' &&
    sink.call !== undefined &&
    /(^|[._])(spark|sqlcontext|sqlc|sql_context|hivecontext|spark_session|session|sparksession)\.sql$/i.test(
      calleeOf(file.tree, sink.call),
    )
  );
}
