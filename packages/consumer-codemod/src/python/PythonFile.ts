import {
  DatasetUse,
  Finding,
  Place,
} from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { RewrittenStatement } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';
import { View } from '../rewrite/View';
import { placeAt } from '../text/placeAt';
import { CodeNode } from '../treeSitter/CodeParser';
import { Evaluator } from './Evaluator';
import { Names } from './Names';
import { PyTree } from './PyTree';
import { Piece } from './Template';

/** A file of Python that is being rewritten. */
export interface PythonFile {
  path: string;
  text: string;
  tree: PyTree;
  names: Names;
  evaluator: Evaluator;
  context: RewriteContext;
  view: View;
  /** The value of a hole, told from the text around it. */
  guess: (pieces: readonly Piece[], index: number) => string | undefined;
}

/** What becomes of one place where a string is used. */
export interface Outcome {
  edits: Edit[];
  /** Comments to put above the statement, without their mark. */
  comments: string[];
  /** Where the comments belong. */
  node: CodeNode;
  uses: DatasetUse[];
  findings: Finding[];
  statements: RewrittenStatement[];
  /** How the SQL must read when the edited file is read again. */
  expected?: string;
}

export function openFile(
  path: string,
  text: string,
  root: CodeNode,
  context: RewriteContext,
  view: View,
): PythonFile {
  const tree = new PyTree(root, text);
  const names = new Names(tree);
  const guess = guessProject(context);
  const evaluator = new Evaluator(tree, names, guess);
  return { path, text, tree, names, evaluator, context, view, guess };
}

export function placeOf(
  file: PythonFile,
  node: { start: number; end: number },
): Place {
  return placeAt(file.path, file.text, node.start, node.end);
}

/**
 * `{project}.analytics.t1` names the old dataset in whatever project the code runs,
 * and the new one is in the same project: then the hole is the project and stays.
 */
function guessProject(
  context: RewriteContext,
): (pieces: readonly Piece[], index: number) => string | undefined {
  const { matcher } = context;
  const old = matcher.oldTable.split('.');
  const [project] = matcher.newTable.split('.');
  if (
    old.length !== 3 ||
    old[0] !== project ||
    matcher.newTable.split('.').length !== 3
  ) {
    return () => undefined;
  }
  // Both are known, so that a rewritten file is read as the old one was.
  const rests = [old, matcher.newTable.split('.')].map(
    parts => `.${parts[1]}.${parts[2]}`,
  );
  return (pieces, index) => {
    const before = textOf(pieces[index - 1]);
    const after = pieces
      .slice(index + 1, index + 6)
      .map(piece => textOf(piece) ?? '{')
      .join('');
    const open = !/[\w.\-{}$]$/.test(before ?? (index === 0 ? '' : '{'));
    return open &&
      rests.some(
        rest =>
          after.startsWith(rest) && !/[\w{-]/.test(after.charAt(rest.length)),
      )
      ? project
      : undefined;
  };
}

function textOf(piece: Piece | undefined): string | undefined {
  return piece?.kind === 'hole' ? piece.value : piece?.text;
}
