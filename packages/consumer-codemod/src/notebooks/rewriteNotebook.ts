import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { EmbeddedSql, HostLiteral, rewriteEmbedded } from '../embedded';
import { applyEdits, Edit } from '../patch/Edit';
import { rewritePython } from '../python/rewritePython';
import { isPortable } from '../python/sparkExpressions';
import { FileResult, RewrittenStatement } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { prepareView } from '../rewrite/View';
import { findMentions } from '../text/findMentions';
import { placeAt } from '../text/placeAt';
import { kindOfCell, maskMagics } from './magics';
import {
  Notebook,
  NotebookCell,
  readNotebook,
  writeInCell,
} from './readNotebook';
import { CodePart, VirtualCode } from './VirtualCode';

/** What the cells of one kind come to, in terms of the notebook's file. */
interface Part {
  edits: Edit[];
  uses: DatasetUse[];
  findings: Finding[];
  statements: RewrittenStatement[];
}

/** Rewrites the code cells of a notebook: all of them, or none. */
export async function rewriteNotebook(
  path: string,
  text: string,
  context: RewriteContext,
): Promise<FileResult> {
  const notebook = readNotebook(text);
  if (!notebook) {
    const [mention] = findMentions(text, context.matcher, undefined);
    return mention
      ? handOver(path, text, mention, 'NOTEBOOK_UNREADABLE')
      : { path, statements: [], uses: [], findings: [] };
  }
  const parts = await rewriteCells(path, text, notebook, context);
  const base: FileResult = {
    path,
    statements: [],
    uses: parts.flatMap(({ uses }) => uses),
    findings: parts.flatMap(({ findings }) => findings),
  };
  const edits = parts.flatMap(part => part.edits);
  const blocked = base.findings.some(
    ({ route, reason }) =>
      route !== 'codemod' && reason !== 'FIELD_LEFT_TO_OWNER',
  );
  if (blocked || edits.length === 0) {
    return base;
  }
  const after = applyEdits(text, edits);
  const again = readNotebook(after);
  const rest = again && (await rewriteCells(path, after, again, context));
  const clean = rest?.every(
    part =>
      part.edits.length === 0 &&
      part.findings.every(({ reason }) => reason === 'FIELD_LEFT_TO_OWNER'),
  );
  if (!clean) {
    const found = handOver(path, text, edits[0], 'EDIT_NOT_VERIFIED');
    return {
      ...base,
      uses: [...base.uses, ...found.uses],
      findings: found.findings,
    };
  }
  return {
    ...base,
    after,
    edits,
    statements: parts.flatMap(({ statements }) => statements),
  };
}

async function rewriteCells(
  path: string,
  text: string,
  notebook: Notebook,
  context: RewriteContext,
): Promise<Part[]> {
  const parts: Part[] = [];
  const python: CodePart[] = [];
  const foreign = (cell: NotebookCell, start: number, end: number) => {
    for (const found of findMentions(
      cell.text.slice(start, end),
      context.matcher,
      undefined,
    )) {
      const range = {
        start: cell.starts[start + found.start],
        end: cell.ends[start + found.end - 1],
      };
      const { uses, findings } = handOver(
        path,
        text,
        range,
        'NOTEBOOK_CELL_UNSUPPORTED',
      );
      parts.push({ edits: [], uses, findings, statements: [] });
    }
  };
  for (const cell of notebook.cells) {
    const { kind, magic, start } = kindOfCell(cell.text);
    if (kind === 'sql') {
      parts.push(await rewriteSqlCell(path, text, cell, start, magic, context));
    } else if (kind === 'other' || !/^(python|)$/.test(notebook.language)) {
      foreign(cell, 0, cell.text.length);
    } else {
      const { masked, magics } = maskMagics(cell.text.slice(start));
      python.push({ cell, text: masked, from: start });
      magics.forEach(line =>
        foreign(cell, start + line.start, start + line.end),
      );
    }
  }
  const { read, unread } = await readable(python, context);
  const code = new VirtualCode(text, read);
  const files = unread.map(part => ({
    path: `${path}#${part.cell.number}`,
    text: part.text,
  }));
  return [
    ...parts,
    await rewriteCode(path, text, code, {
      ...context,
      files: [...context.files, ...files],
    }),
  ];
}

/**
 * Sets cells apart that are no Python and do not name the dataset: they do not run
 * either, and must not keep the others from being read.
 */
async function readable(cells: readonly CodePart[], context: RewriteContext) {
  const parses = async (text: string) => {
    const parsed = await context.parser.parseTree(text, 'python');
    return parsed.ok && !parsed.errors;
  };
  if (await parses(cells.map(({ text }) => `${text}\n`).join(''))) {
    return { read: cells, unread: [] };
  }
  const read: CodePart[] = [];
  const unread: CodePart[] = [];
  for (const cell of cells) {
    const named =
      findMentions(cell.text, context.matcher, undefined).length > 0;
    const kept = named || (await parses(`${cell.text}\n`));
    (kept ? read : unread).push(cell);
  }
  return { read, unread };
}

async function rewriteCode(
  path: string,
  text: string,
  code: VirtualCode,
  context: RewriteContext,
): Promise<Part> {
  const result = await rewritePython(path, code.text, context);
  const uses = result.uses.map(use => ({
    ...use,
    place: code.placeInFile(path, use.place),
  }));
  const findings = result.findings.map(finding => ({
    ...finding,
    ...(finding.place && { place: code.placeInFile(path, finding.place) }),
  }));
  const edits = code.toFile(result.edits ?? []);
  if (!edits) {
    const place = uses[0]?.place ?? placeAt(path, text, 0, 0);
    return {
      edits: [],
      uses: uses.map(use => ({ ...use, route: 'person' })),
      findings: [findingFor('EDIT_NOT_VERIFIED', place)],
      statements: [],
    };
  }
  const statements = result.statements.map(statement => ({
    ...statement,
    label: statement.label.replace(
      /^line (\d+)/,
      (_, line: string) => `cell ${code.cellAt(Number(line))}`,
    ),
  }));
  return { edits, uses, findings, statements };
}

/** A cell of `%%bigquery` or `%%sql` is SQL as a whole. */
async function rewriteSqlCell(
  path: string,
  text: string,
  cell: NotebookCell,
  start: number,
  magic: string | undefined,
  context: RewriteContext,
): Promise<Part> {
  const from = cell.starts[start];
  const to = cell.ends[cell.text.length - 1];
  const none: Part = { edits: [], uses: [], findings: [], statements: [] };
  if (from === undefined || to === undefined) {
    return none;
  }
  const literal: HostLiteral = {
    start: from,
    end: to,
    encode: written => writeInCell(cell, written),
  };
  const sql: EmbeddedSql = { start: from, end: to, parts: [] };
  for (let i = start; i < cell.text.length; i++) {
    sql.parts.push({
      kind: 'text',
      text: cell.text[i],
      start: cell.starts[i],
      end: cell.ends[i],
      literal,
    });
  }
  const result = await rewriteEmbedded({ path, text }, sql, context);
  const { uses, findings, edits, comments } = result;
  const refused = (reason: string): Part => ({
    ...none,
    ...handOver(path, text, { start: from, end: to }, reason),
  });
  if (!result.affected) {
    return none;
  }
  if (/--use_legacy_sql\b/.test(cell.text.slice(0, start))) {
    return refused('SQL_LEGACY');
  }
  const view = await prepareView({ ...context, path });
  // Other magics may run in Spark, or in whatever the notebook connects to.
  if (!/^(bigquery|bqsql|bq)$/.test(magic ?? '') && !isPortable(view, edits)) {
    return refused('PYTHON_SPARK_EXPRESSION');
  }
  const missing = comments
    .map(comment => `-- ${comment}\n`)
    .filter(comment => !cell.text.includes(comment));
  const notes = missing.map(
    (comment): Edit => ({
      start: from,
      end: from,
      text: writeInCell(cell, comment),
      owner: from,
    }),
  );
  return {
    edits: [...edits, ...notes],
    uses,
    findings,
    statements: result.statements.map(statement => ({
      ...statement,
      label: statement.label.replace(/^line \d+/, `cell ${cell.number}`),
    })),
  };
}

function handOver(
  path: string,
  text: string,
  range: { start: number; end: number },
  reason: string,
): FileResult {
  const place = placeAt(path, text, range.start, range.end);
  const snippet = text.slice(
    range.start,
    Math.min(range.end, range.start + 200),
  );
  return {
    path,
    statements: [],
    uses: [{ place, context: 'text', route: 'person', snippet }],
    findings: [findingFor(reason, place)],
  };
}
