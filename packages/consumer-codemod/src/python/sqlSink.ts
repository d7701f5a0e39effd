import { rewriteEmbedded } from '../embedded';
import { argumentsOf, calleeOf } from './calls';
import { hasOpenMention } from './classifyText';
import { changeHole } from './constants';
import { Sink } from './flows';
import { Outcome, PythonFile } from './PythonFile';
import { refuse } from './refuse';
import { isPortable } from './sparkExpressions';
import { HolePiece, printTemplate, toEmbedded } from './Template';
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
  const result = await rewriteEmbedded(file, embedded, file.context);
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

/** Why the statement that runs may be another one than the string. */
function flowProblem(file: PythonFile, sink: Sink): string | undefined {
  const { evaluator } = file;
  if (isLegacy(file, sink)) {
    return 'SQL_LEGACY';
  }
  const known =
    sink.kind === 'exported' ||
    (sink.kind !== 'dynamic' &&
      sink.kind !== 'other' &&
      staysWhole(evaluator, sink));
  return known ? undefined : 'PYTHON_SQL_DYNAMIC';
}

const LEGACY = /use_?legacy_?sql["']?\s*[=:]\s*True/i;

/** A setting next to the query that makes it legacy SQL, or one that may. */
function isLegacy({ tree, text }: PythonFile, sink: Sink): boolean {
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
        // The configuration is made elsewhere in the file.
        (/config/.test(keyword ?? '') &&
          value.type === 'identifier' &&
          LEGACY.test(text)),
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
