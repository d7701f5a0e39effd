import { EmbeddedPart } from '../embedded/EmbeddedSql';
import { applyEdits } from '../patch/Edit';
import { FileResult } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { checkHoles, isRead, isShared, removeConstant } from './constants';
import { dropImport } from './dropImport';
import { findNames } from './findNames';
import { TableSpec } from './matchSpec';
import { otherUsers } from './otherUsers';
import { parseScala } from './parseScala';
import { rewriteRead } from './rewriteRead';
import { namedChildren, ScalaFile } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { editsOverlap, readsExpected } from './verifyPlan';
import { findReferences, ownerOf } from './sharedReferences';
import { findUses, TableUse } from './TableUse';
import { moveKeys, TestKey } from './testKeys';

const TEST_DATA = /^BigQueryIO$/;

/** What the other files that use a constant become with it. */
export type PlannedUsers =
  | { ok: true; results: FileResult[] }
  /** `path` is a file whose use of the constant is not understood. */
  | { ok: false; path?: string; questions?: ScalaPlan };

/**
 * Plans every file that reads the table through a constant of an object, each read as
 * its own; all of them are understood, or none is changed. Data that a job's test
 * feeds by the constant stays right while every read keeps table and fields; where
 * the job reads a query instead, the query is what names the data.
 */
export async function planUsers(
  plan: ScalaPlan,
  constant: CodeNode,
  spec: TableSpec,
  { isPlain, ownReads }: { isPlain: boolean; ownReads: number },
  context: RewriteContext,
): Promise<PlannedUsers> {
  if (spec.changes.length > 0 || !spec.dotted.parts.every(isText)) {
    return { ok: false };
  }
  const plans: ScalaPlan[] = [];
  const tests: TestKey[] = [];
  let reads = 0;
  let plain = isPlain;
  for (const user of otherUsers(plan.file, constant, context.files)) {
    const failed: PlannedUsers = { ok: false, path: user.path };
    const file = /\.scala$/.test(user.path)
      ? await parseScala(user, context.parser)
      : undefined;
    if (!(file instanceof ScalaFile) || namesDataset(file, context)) {
      return failed;
    }
    const binders = new Binders(file);
    const references = findReferences(plan.file, constant, file, binders, {
      files: context.files,
    });
    if (!references) {
      return failed;
    }
    const own = new ScalaPlan(file, binders);
    for (const reference of references) {
      const planned = await planReference(own, reference, spec, context);
      if (!planned) {
        const asked = own.findings.every(({ route }) => route !== 'person');
        return asked && own.refused ? { ...failed, questions: own } : failed;
      }
      reads += planned.reads;
      plain = plain && planned.plain;
      tests.push(...(planned.test ? [{ plan: own, use: planned.test }] : []));
    }
    if (references.length > 0) {
      plans.push(own);
    }
  }
  const isMoved = plain
    ? reads + ownReads > 0
    : moveKeys(tests, [plan, ...plans], context);
  if (tests.length > 0 && !isMoved) {
    return { ok: false, path: tests[0].plan.file.path };
  }
  const results: FileResult[] = [];
  const owner = ownerOf(plan.file, constant);
  for (const own of plans) {
    if (owner && own.edits.length > 0) {
      dropImport(own, owner);
    }
    const result = await resultOf(own, context);
    if (!result) {
      return { ok: false, path: own.file.path };
    }
    results.push(result);
  }
  return { ok: true, results };
}

interface PlannedReference {
  reads: number;
  /** No read changes anything but the table's name. */
  plain: boolean;
  /** It is the key of a test's data. */
  test?: TableUse;
}

async function planReference(
  plan: ScalaPlan,
  reference: CodeNode,
  spec: TableSpec,
  context: RewriteContext,
): Promise<PlannedReference | undefined> {
  const { file, binders } = plan;
  const found = findUses(file, binders, reference);
  if (
    !found.ok ||
    found.constants.some(constant => isShared(plan, constant, context))
  ) {
    return undefined;
  }
  const [only] = found.uses;
  if (
    found.uses.length === 1 &&
    found.constants.length === 0 &&
    TEST_DATA.test(only.name) &&
    namedChildren(only.list)[0] === only.argument
  ) {
    plan.use(only.reference, 'codemod');
    return { reads: 0, plain: true, test: only };
  }
  const before = plan.edits.length;
  let named = 0;
  for (const use of found.uses) {
    const at = movedTo(spec, use.reference.start);
    const change = await rewriteRead(plan, use, at, context);
    if (change === 'refused') {
      return undefined;
    }
    named += change === 'name' ? 1 : 0;
  }
  const plain = plan.edits.length === before;
  if (
    found.uses.length === 0 ||
    found.constants.some(constant => !isLocal(plan, constant))
  ) {
    return undefined;
  }
  if (named === 0) {
    for (const constant of found.constants) {
      if (!isRead(plan, constant)) {
        removeConstant(plan, constant);
      }
    }
  }
  for (const constant of found.constants) {
    checkHoles(plan, constant);
  }
  return plan.refused ? undefined : { reads: found.uses.length, plain };
}

/** Members of a class or an object may be read where they are not looked for. */
function isLocal({ file }: ScalaPlan, constant: CodeNode): boolean {
  return file.around(constant, 'block') !== undefined;
}

/** The file as its plan changes it; nothing if that is not what was meant. */
export async function resultOf(
  plan: ScalaPlan,
  context: RewriteContext,
): Promise<FileResult | undefined> {
  const { file, edits, uses, findings, statements } = plan;
  const { path, text } = file;
  const result: FileResult = { path, statements, uses, findings };
  if (edits.length === 0) {
    return result;
  }
  if (editsOverlap(edits)) {
    return undefined;
  }
  const after = applyEdits(text, edits);
  const again = await parseScala({ path, text: after }, context.parser);
  return typeof again !== 'string' &&
    readsExpected(again, plan) &&
    !namesDataset(again, context)
    ? { ...result, after, edits }
    : undefined;
}

/** A file that names the dataset itself is decided on its own. */
function namesDataset(file: ScalaFile, { matcher }: RewriteContext): boolean {
  return findNames(file, matcher).length > 0;
}

function isText(part: EmbeddedPart): boolean {
  return part.kind === 'text';
}

/** The same name, as if it stood where the constant is used. */
function movedTo(spec: TableSpec, at: number): TableSpec {
  const literal = { start: at, end: at, encode: () => undefined };
  const parts = spec.dotted.parts.map(
    (part): EmbeddedPart => ({ ...part, start: at, end: at, literal }),
  );
  return { ...spec, dotted: { start: at, end: at, parts } };
}
