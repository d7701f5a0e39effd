import { rewriteEmbedded } from '../embedded';
import { argumentsOf, calleeOf, keepsWhole, methodOf } from './calls';
import { hasOpenMention } from './classifyText';
import { changeConstant } from './constants';
import { Sink } from './flows';
import { Outcome, PythonFile } from './PythonFile';
import { refuse } from './refuse';
import { isPortable } from './sparkExpressions';
import {
  HolePiece,
  Piece,
  printTemplate,
  slicePiece,
  Template,
  TextPiece,
  toEmbedded,
} from './Template';

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
      piece?.binding &&
      changeConstant(file.evaluator, piece.binding, value, replacement);
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

/** A template such as `{{ params.project }}` in front of the table is the project, too. */
function withProjects({ guess }: PythonFile, template: Template): Template {
  const pieces = template.pieces.flatMap((piece): Piece[] => {
    if (piece.kind === 'hole') {
      return [piece];
    }
    const parts: Piece[] = [];
    let last = 0;
    for (const found of piece.text.matchAll(/\{\{[^{}]*\}\}/g)) {
      const end = found.index + found[0].length;
      parts.push(slicePiece(piece, last, found.index), {
        kind: 'hole',
        start: piece.starts[found.index],
        end: piece.ends[end - 1],
        literal: piece.literal,
      });
      last = end;
    }
    return [...parts, slicePiece(piece, last, piece.text.length)];
  });
  const filled = pieces.map((piece, index): Piece => {
    const value =
      piece.kind === 'hole' && !piece.value ? guess(pieces, index) : undefined;
    return value === undefined ? piece : { ...piece, value };
  });
  // Other templates stay text: the rewriter of SQL knows them.
  return filled.some((piece, n) => piece !== pieces[n])
    ? { ...template, pieces: mergeTemplates(filled, template.pieces) }
    : template;
}

/** Puts the text of templates back whose value is not known. */
function mergeTemplates(
  filled: readonly Piece[],
  original: readonly Piece[],
): Piece[] {
  return filled.flatMap((piece): Piece[] => {
    if (piece.kind === 'text' || piece.value !== undefined) {
      return [piece];
    }
    const source = original.find(
      (entry): entry is TextPiece =>
        entry.kind === 'text' && entry.starts.includes(piece.start),
    );
    if (!source) {
      return [piece];
    }
    const from = source.starts.indexOf(piece.start);
    return [slicePiece(source, from, source.ends.lastIndexOf(piece.end) + 1)];
  });
}

/** Why the statement that runs may be another one than the string. */
function flowProblem(file: PythonFile, sink: Sink): string | undefined {
  const { tree, evaluator } = file;
  if (sink.kind === 'dynamic' || sink.kind === 'other') {
    return 'PYTHON_SQL_DYNAMIC';
  }
  if (sink.kind !== 'argument' || !sink.call) {
    return undefined;
  }
  const legacy = argumentsOf(tree, sink.call).some(
    ({ keyword, value }) =>
      (keyword === 'use_legacy_sql' && tree.textOf(value) === 'True') ||
      (keyword === 'dialect' && /^["']legacy["']$/.test(tree.textOf(value))),
  );
  if (legacy) {
    return 'SQL_LEGACY';
  }
  if (/^assert/i.test(methodOf(tree, sink.call))) {
    return 'PYTHON_SQL_DYNAMIC';
  }
  return keepsWhole(evaluator, sink) ? undefined : 'PYTHON_SQL_DYNAMIC';
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
