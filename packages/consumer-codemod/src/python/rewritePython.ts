import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { printEmbedded } from '../embedded';
import { applyEdits, Edit, mergeEdits } from '../patch/Edit';
import { lastPart } from '../names/NameMatcher';
import { FileResult } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { prepareView, View } from '../rewrite/View';
import { placeAt } from '../text/placeAt';
import { classifyText, isDoctest } from './classifyText';
import { commentEdits } from './comments';
import { findDisagreement, ProcessedSink } from './agreement';
import { followLiteral, signatureOf, Sink } from './flows';
import { isShownOnly, isWord } from './calls';
import { checkNames } from './checkNames';
import { openFile, Outcome, placeOf, PythonFile } from './PythonFile';
import { refuse } from './refuse';
import { findUseElsewhere } from './sharedNames';
import { rewriteSql } from './sqlSink';
import { rewriteTable } from './tableSink';
import { findMentions } from '../text/findMentions';
import { printTemplate, toEmbedded } from './Template';
import { withProjects } from './withProjects';
import { uniqueFindings } from '../rewrite/uniqueFindings';

/** Rewrites Python code: as a whole, or not at all. */
export async function rewritePython(
  path: string,
  text: string,
  context: RewriteContext,
): Promise<FileResult> {
  const view = await prepareView({ ...context, path });
  const file = await readFile(path, text, context, view);
  if (!('tree' in file)) {
    return file;
  }
  const processed = await processSinks(file);
  const named = checkNames(file);
  const outcomes = processed.map(({ outcome }) => outcome);
  const findings = uniqueFindings([
    ...outcomes.flatMap(outcome => outcome.findings),
    ...named.findings,
  ]);
  const uses = uniqueUses([
    ...outcomes.flatMap(outcome => outcome.uses),
    ...named.uses,
  ]);
  const base: FileResult = { path, statements: [], uses, findings };
  const handed = (more: readonly Finding[] = []): FileResult => ({
    ...base,
    uses: uses.map(use => ({
      ...use,
      route: more.length > 0 ? 'person' : use.route,
    })),
    findings: uniqueFindings([...findings, ...more]),
  });
  const left = findings.filter(
    ({ reason }) => reason === 'FIELD_LEFT_TO_OWNER',
  );
  const blocked = findings.some(
    finding => finding.route !== 'codemod' && !left.includes(finding),
  );
  if (blocked) {
    return handed();
  }
  if (left.length > 0) {
    const edits = commentEdits(file, outcomes);
    return edits.length > 0
      ? { ...base, after: applyEdits(text, edits), edits }
      : base;
  }
  const shared = findDisagreement(file, processed);
  if (shared) {
    return handed([findingFor('PYTHON_STRING_SHARED', placeOf(file, shared))]);
  }
  const edits = mergeEdits(outcomes.map(outcome => outcome.edits));
  if (edits.length === 0) {
    return base;
  }
  const elsewhere = findUseElsewhere(file, processed);
  if (elsewhere) {
    const place = placeOf(file, elsewhere);
    return handed([
      findingFor('PYTHON_STRING_SHARED', place, elsewhere.detail),
    ]);
  }
  const verified = await verify(file, edits, processed);
  if (verified === undefined) {
    return handed([
      findingFor(
        'EDIT_NOT_VERIFIED',
        placeAt(path, text, edits[0].start, edits[0].end),
      ),
    ]);
  }
  return {
    ...base,
    after: verified,
    edits,
    statements: outcomes.flatMap(outcome => outcome.statements),
  };
}

/** Parses the file, or says why it cannot be read. */
async function readFile(
  path: string,
  text: string,
  context: RewriteContext,
  view: View,
): Promise<PythonFile | FileResult> {
  const parsed = await context.parser.parseTree(text, 'python');
  if (parsed.ok && !parsed.errors) {
    return openFile(path, text, parsed.root, context, view);
  }
  const [mention] = findMentions(text, context.matcher, /(?<!["'\w])#[^\n]*/g);
  if (!mention) {
    return { path, statements: [], uses: [], findings: [] };
  }
  const place = placeAt(path, text, mention.start, mention.end);
  const snippet = text.slice(mention.start, mention.end);
  return {
    path,
    statements: [],
    uses: [{ place, context: 'text', route: 'person', snippet }],
    findings: [
      parsed.ok
        ? findingFor('CODE_PARSE_FAILED', place)
        : findingFor('PARSER_LIMIT', place, parsed.message),
    ],
  };
}

/** Every use of every literal that names the dataset, or that an edit touches. */
async function processSinks(file: PythonFile): Promise<ProcessedSink[]> {
  const { tree, context, evaluator } = file;
  const processed = new Map<string, ProcessedSink>();
  const followed = new Set<number>();
  const follow = async (literal: (typeof tree.strings)[number]) => {
    if (followed.has(literal.start)) {
      return;
    }
    followed.add(literal.start);
    for (const sink of followLiteral(evaluator, literal)) {
      const key = `${sink.kind} ${sink.node.start} ${
        sink.node.end
      } ${signatureOf(sink.template)}`;
      if (!processed.has(key)) {
        processed.set(key, { sink, outcome: await processSink(file, sink) });
      }
    }
  };
  for (const literal of tree.strings) {
    const template = evaluator.evaluate(literal);
    const written = template ? printTemplate(template) : tree.textOf(literal);
    if (classifyText(written, context.matcher) === 'none') {
      continue;
    }
    if (template) {
      await follow(literal);
    } else if (tree.parent(literal)?.type !== 'expression_statement') {
      const sink: Sink = {
        kind: 'other',
        node: literal,
        template: { node: literal, pieces: [] },
      };
      processed.set(`unread ${literal.start}`, {
        sink,
        outcome: refuse(file, sink, 'PYTHON_STRING_NOT_READ'),
      });
    }
  }
  // A literal that is edited for one use must be right for its other uses too.
  for (let before = -1; before !== followed.size; ) {
    before = followed.size;
    const edits = [...processed.values()].flatMap(
      ({ outcome }) => outcome.edits,
    );
    for (const literal of tree.strings) {
      if (
        edits.some(
          edit => edit.start >= literal.start && edit.end <= literal.end,
        )
      ) {
        await follow(literal);
      }
    }
  }
  return [...processed.values()];
}

async function processSink(file: PythonFile, sink: Sink): Promise<Outcome> {
  const nothing: Outcome = {
    edits: [],
    comments: [],
    node: sink.node,
    uses: [],
    findings: [],
    statements: [],
  };
  const text = printTemplate(sink.template);
  const { matcher } = file.context;
  if (sink.kind === 'statement' && isDoctest(text, matcher)) {
    return refuse(file, sink, 'PYTHON_DOCTEST');
  }
  const kind = classifyText(text, matcher);
  if (
    kind === 'none' ||
    kind === 'file' ||
    (kind === 'prose' && (sink.kind !== 'dynamic' || /\s/.test(text))) ||
    isShownOnly(file.tree, sink) ||
    (kind === 'short' && isWord(file.tree, sink))
  ) {
    return nothing;
  }
  if (kind === 'prose') {
    return refuse(file, sink, 'PYTHON_SQL_DYNAMIC');
  }
  if (kind === 'sql') {
    return rewriteSql(file, sink);
  }
  if (kind === 'table' || kind === 'short') {
    return rewriteTable(file, sink, kind);
  }
  return refuse(file, sink, 'PYTHON_SQL_FRAGMENT');
}

/**
 * Reads the rewritten file again: it has to parse, its SQL has to come out as
 * intended, and nothing in it may need another edit.
 */
async function verify(
  file: PythonFile,
  edits: readonly Edit[],
  before: readonly ProcessedSink[],
): Promise<string | undefined> {
  const after = applyEdits(file.text, edits);
  const { path, context, view } = file;
  const again = await readFile(path, after, context, view);
  if (!('tree' in again)) {
    return undefined;
  }
  const expected = before
    .map(({ outcome }) => outcome.expected)
    .filter(text => text !== undefined);
  const name = lastPart(context.matcher.newTable);
  // Most files have few strings that name the new table, and many others.
  const near = again.tree.strings.filter(literal =>
    again.tree.textOf(literal).includes(name),
  );
  const asExpected = [near, again.tree.strings].some(literals => {
    const printed = printSinks(again, literals);
    return expected.every(text => printed.has(spaced(text)));
  });
  const rest = await processSinks(again);
  const clean =
    rest.every(
      ({ outcome }) =>
        outcome.edits.length === 0 && outcome.findings.length === 0,
    ) && asExpected;
  return clean ? after : undefined;
}

/** Every value that these literals end up in, as SQL. */
function printSinks(
  file: PythonFile,
  literals: PythonFile['tree']['strings'],
): Set<string> {
  return new Set(
    literals.flatMap(literal =>
      followLiteral(file.evaluator, literal).map(({ template }) =>
        spaced(
          printEmbedded(toEmbedded(withProjects(file, template)), file.text),
        ),
      ),
    ),
  );
}

/** Line ends of an edit become blanks in a literal of one line. */
function spaced(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function uniqueUses(uses: readonly DatasetUse[]): DatasetUse[] {
  const seen = new Map<string, DatasetUse>();
  for (const use of uses) {
    const { line, column } = use.place;
    const key = `${line}:${column} ${use.context} ${use.field}`;
    seen.set(key, seen.get(key) ?? use);
  }
  return [...seen.values()];
}
