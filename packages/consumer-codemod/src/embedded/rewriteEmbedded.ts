import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { FileResult, RewrittenStatement } from '../rewrite/FileResult';
import { accountForMentions } from '../rewrite/accountForMentions';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { rewriteSqlFile } from '../rewrite/rewriteSqlFile';
import { prepareView } from '../rewrite/View';
import { findMentions } from '../text/findMentions';
import { placeAt } from '../text/placeAt';
import { EmbeddedHole, EmbeddedSql } from './EmbeddedSql';
import {
  isLegacy,
  isSimpleLegacy,
  isTranslatable,
  keepsLegacy,
  toLegacy,
  toStandard,
} from './legacySql';
import { mapEdits } from './mapEdits';
import { noteHoles } from './noteHoles';
import { sampleValues } from './sampleValues';
import { matchHoles, TableHole } from './tableHoles';
import { VirtualSql } from './VirtualSql';

/** What becomes of the SQL in one string of a host language. */
export interface EmbeddedResult {
  sql: EmbeddedSql;
  /** False if the SQL does not read the old dataset. */
  affected: boolean;
  /** True if `edits` make the SQL read the new dataset. */
  rewritten: boolean;
  /** Edits of the file; empty unless the SQL is rewritten. */
  edits: Edit[];
  /** How the SQL must read when the edited file is read again (`printEmbedded`). */
  expected?: string;
  /** Holes that must print another name from now on. */
  tables: Array<{ hole: EmbeddedHole; value: string; replacement: string }>;
  /** Comments for uses that the owner changes by hand, without the mark of a comment. */
  comments: string[];
  statements: RewrittenStatement[];
  uses: DatasetUse[];
  findings: Finding[];
}

export interface EmbeddedOptions {
  /** What runs the SQL finds out its dialect, so that a legacy query may become a standard one. */
  anyDialect?: boolean;
}

/** The SQL as one text, holes as the file writes them, to compare two readings of a file. */
export function printEmbedded(sql: EmbeddedSql, file: string): string {
  const virtual = new VirtualSql(sql, file);
  return VirtualSql.print(virtual.text, virtual.holes, file);
}

/** True if the SQL may name the old dataset, in its text or by the values of its holes. */
export function mentionsDataset(
  sql: EmbeddedSql,
  file: string,
  context: RewriteContext,
): boolean {
  const virtual = new VirtualSql(sql, file);
  const text = virtual.text.replace(
    /\{\{ hole_(\d+) \}\}/g,
    (all, index: string) => virtual.holes[Number(index)].value ?? all,
  );
  return (
    text.includes('*`') ||
    [virtual.text, text].some(
      entry => findMentions(entry, context.matcher, undefined).length > 0,
    )
  );
}

/**
 * Rewrites SQL in a string of a host language by the same rules as a SQL file.
 * The host applies the edits, with its own, and reads the file again to check that
 * the SQL came out as `expected`.
 */
export async function rewriteEmbedded(
  file: { path: string; text: string },
  sql: EmbeddedSql,
  context: RewriteContext,
  options: EmbeddedOptions = {},
): Promise<EmbeddedResult> {
  const result: EmbeddedResult = {
    sql,
    affected: false,
    rewritten: false,
    edits: [],
    tables: [],
    comments: [],
    statements: [],
    uses: [],
    findings: [],
  };
  if (!mentionsDataset(sql, file.text, context)) {
    return result;
  }
  const { path } = file;
  const at = placeAt(path, file.text, sql.start, sql.end);
  const refuse = (reason: string): EmbeddedResult => {
    const snippet = file.text.slice(
      sql.start,
      Math.min(sql.end, sql.start + 200),
    );
    return {
      ...result,
      affected: true,
      uses: [{ place: at, context: 'table', route: 'person', snippet }],
      findings: [findingFor(reason, at)],
    };
  };
  const written = new VirtualSql(sql, file.text);
  if (!written.isSound) {
    return refuse('EMBEDDED_EDIT_SPANS');
  }
  const legacy = isLegacy(written.text);
  if (legacy && !isSimpleLegacy(written.text)) {
    return refuse('SQL_LEGACY');
  }
  const virtual = legacy ? new VirtualSql(sql, file.text, toStandard) : written;
  const rewritten = await rewriteVirtual(virtual, path, context);
  const { findings, uses, changes } = rewritten;
  const described = {
    ...result,
    affected: findings.length > 0 || uses.length > 0,
    findings,
    uses,
  };
  const { edits, after } = rewritten;
  if (!edits || after === undefined) {
    return described;
  }
  if (findings.some(({ reason }) => reason === 'FIELD_LEFT_TO_OWNER')) {
    const comments = edits.map(edit => edit.text.trim().replace(/^-- /, ''));
    return { ...described, comments: [...new Set(comments)] };
  }
  const translated = legacy && !keepsLegacy(rewritten, context);
  if (translated && !(options.anyDialect && isTranslatable(written.text))) {
    return refuse('SQL_LEGACY');
  }
  if (translated) {
    described.findings.push(findingFor('SQL_LEGACY_TRANSLATED', at));
  }
  const mapped = mapEdits(translated ? written : virtual, edits);
  if (!mapped.ok) {
    return {
      ...described,
      uses: uses.map(use => ({ ...use, route: 'person' })),
      findings: [findingFor(mapped.reason, at)],
    };
  }
  return {
    ...described,
    rewritten: true,
    edits: mapped.edits,
    expected: VirtualSql.print(
      legacy && !translated ? toLegacy(after) : after,
      virtual.holes,
      file.text,
    ),
    tables: changes.map(({ hole, value, replacement }) => ({
      hole: virtual.holes[hole],
      value,
      replacement,
    })),
    statements: rewritten.statements.map(statement => ({
      ...statement,
      label: `line ${at.line}, ${statement.label}`,
    })),
  };
}

/** The engine's answer on a virtual text, with places in the file. */
export async function rewriteVirtual(
  virtual: VirtualSql,
  path: string,
  context: RewriteContext,
): Promise<FileResult & { changes: TableHole[] }> {
  const { matcher, changes } = matchHoles(
    virtual,
    context.mapping,
    context.matcher,
  );
  const view = await prepareView({ ...context, path });
  const rewritten = await rewriteSqlFile({
    ...context,
    matcher,
    path,
    text: virtual.text,
    view,
    noteReads: entry => noteHoles(virtual, entry),
  });
  const result = accountForMentions(rewritten, virtual.text, matcher);
  return {
    ...result,
    changes,
    statements: result.statements.map(each => sampleValues(each, virtual)),
    findings: result.findings.map(finding => ({
      ...finding,
      ...(finding.place && { place: virtual.toFile(path, finding.place) }),
    })),
    uses: result.uses.map(use => ({
      ...use,
      place: virtual.toFile(path, use.place),
      snippet: use.snippet.replace(
        /\{\{ hole_(\d+) \}\}/g,
        (_, index: string) => virtual.holeSource(Number(index)),
      ),
    })),
  };
}
