import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { commentEdits, HostComment } from '../embedded/commentEdits';
import { mapEdits } from '../embedded/mapEdits';
import { printEmbedded, rewriteEmbedded } from '../embedded/rewriteEmbedded';
import { looksLikeSql } from '../embedded/sqlText';
import { VirtualSql } from '../embedded/VirtualSql';
import { applyEdits, Edit } from '../patch/Edit';
import { FileResult, RewrittenStatement } from '../rewrite/FileResult';
import { FileRewriter, RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { findMentions } from '../text/findMentions';
import { placeAt } from '../text/placeAt';
import { scanOtherFile } from '../text/scanOtherFile';
import { ConfigString } from './ConfigString';
import { readHocon } from './readHocon';
import { readJson } from './readJson';
import { readProperties } from './readProperties';
import { readYaml } from './readYaml';

/** Keys whose value is for people. */
const PROSE =
  /^(description|descriptions|doc|docs|documentation|comment|comments|summary|title|note|notes|help|label)$/i;
/** Keys that list tables without saying anything about their fields. */
const LISTING =
  /^(referenced_tables|references|depends_on|upstream_tables|upstreams)$/i;

/** YAML, JSON, HOCON and properties: SQL in values, and names of the table. */
export class ConfigRewriter implements FileRewriter {
  accepts(path: string): boolean {
    return (
      /\.(ya?ml|json|conf|hocon|properties)$/i.test(path) &&
      !/(^|\/)(catalog-info\.ya?ml|package-lock\.json)$/.test(path) &&
      // What dbt writes is no source.
      !/(^|\/)(manifest|catalog|run_results|semantic_manifest)\.json$/.test(
        path,
      )
    );
  }

  async rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult> {
    const { path, text } = file;
    const strings = readStrings(path, text);
    if (!strings) {
      return scanOtherFile(path, text, context.matcher);
    }
    const plan = await planConfig(file, strings, context);
    const { uses, findings, statements } = plan;
    const result: FileResult = { path, statements: [], uses, findings };
    const left = findings.every(
      ({ route, reason }) =>
        route === 'codemod' || reason === 'FIELD_LEFT_TO_OWNER',
    );
    if (left && plan.comments.length > 0 && !/\.json$/i.test(path)) {
      const after = applyEdits(text, commentEdits(text, plan.comments, '#'));
      return after === text ? result : { ...result, after };
    }
    if (findings.some(({ route }) => route !== 'codemod')) {
      const route = findings.some(each => each.route === 'person')
        ? 'person'
        : 'question';
      return { ...result, uses: uses.map(use => ({ ...use, route })) };
    }
    if (plan.edits.length === 0) {
      return result;
    }
    const after = applyEdits(text, plan.edits);
    if (!isVerified(path, text, strings, after, plan)) {
      const [{ start, end }] = plan.edits;
      return {
        ...result,
        uses: uses.map(use => ({ ...use, route: 'person' as const })),
        findings: [
          findingFor('EDIT_NOT_VERIFIED', placeAt(path, text, start, end)),
        ],
      };
    }
    return { ...result, after, edits: plan.edits, statements };
  }
}

function readStrings(path: string, text: string): ConfigString[] | undefined {
  if (/\.properties$/i.test(path)) {
    return readProperties(text);
  }
  if (/\.json$/i.test(path)) {
    return readJson(text);
  }
  return /\.(conf|hocon)$/i.test(path) ? readHocon(text) : readYaml(text);
}

interface ConfigPlan {
  edits: Edit[];
  uses: DatasetUse[];
  findings: Finding[];
  statements: RewrittenStatement[];
  comments: HostComment[];
  /** Values that must be read from the edited file, by the string's position in the list. */
  expected: Map<number, string>;
}

async function planConfig(
  file: { path: string; text: string },
  strings: readonly ConfigString[],
  context: RewriteContext,
): Promise<ConfigPlan> {
  const plan: ConfigPlan = {
    edits: [],
    uses: [],
    findings: [],
    statements: [],
    comments: [],
    expected: new Map(),
  };
  const { path, text } = file;
  const seen: Array<{ start: number; end: number }> = [];
  for (const [index, string] of strings.entries()) {
    seen.push(string);
    const mentions = findMentions(string.value, context.matcher, undefined);
    const wildcard = string.value.includes('*`');
    if (mentions.length === 0 && !wildcard) {
      continue;
    }
    if (looksLikeSql(string.value)) {
      await planSql(plan, file, index, string, context);
    } else if (mentions.length > 0) {
      planName(plan, file, index, string, context);
    }
  }
  // In HOCON a value needs no quotes.
  if (/\.(conf|hocon)$/i.test(path)) {
    for (const { start, end } of findMentions(
      text,
      context.matcher,
      /(?:#|\/\/)[^\n]*/g,
    )) {
      if (!seen.some(range => start >= range.start && end <= range.end)) {
        refuse(plan, file, { start, end }, 'CONFIG_TABLE_NAME');
      }
    }
  }
  return plan;
}

async function planSql(
  plan: ConfigPlan,
  file: { path: string; text: string },
  index: number,
  string: ConfigString,
  context: RewriteContext,
) {
  if (!string.sql) {
    refuse(plan, file, string, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const result = await rewriteEmbedded(file, string.sql, context);
  plan.uses.push(...result.uses);
  plan.findings.push(...result.findings);
  for (const comment of result.comments) {
    plan.comments.push({ at: string.start, text: comment });
  }
  if (!result.rewritten) {
    return;
  }
  plan.edits.push(...result.edits);
  plan.statements.push(...result.statements);
  if (result.expected !== undefined) {
    plan.expected.set(index, result.expected);
  }
}

/** A value that is the table's name: what reads it by that name is not in the file. */
function planName(
  plan: ConfigPlan,
  file: { path: string; text: string },
  index: number,
  string: ConfigString,
  { matcher }: RewriteContext,
) {
  const key = string.keys[string.keys.length - 1] ?? '';
  if (string.keys.some(each => PROSE.test(each))) {
    return;
  }
  const match = string.value.includes('.')
    ? matcher.matchTable(string.value)
    : undefined;
  if (!match || !string.sql || !LISTING.test(key)) {
    const isName =
      match !== undefined || /^[\w.:${}-]+$/.test(string.value.trim());
    refuse(
      plan,
      file,
      string,
      isName ? 'CONFIG_TABLE_NAME' : 'CONFIG_NOT_SUPPORTED',
    );
    return;
  }
  const virtual = new VirtualSql(string.sql, file.text);
  const mapped = mapEdits(virtual, [
    { start: 0, end: virtual.length, text: match.replacement, owner: 0 },
  ]);
  if (!mapped.ok) {
    refuse(plan, file, string, mapped.reason);
    return;
  }
  plan.edits.push(...mapped.edits);
  plan.expected.set(index, match.replacement);
  plan.uses.push(useOf(file, string, 'codemod'));
}

function useOf(
  { path, text }: { path: string; text: string },
  { start, end }: { start: number; end: number },
  route: DatasetUse['route'],
): DatasetUse {
  return {
    place: placeAt(path, text, start, end),
    context: 'text',
    route,
    snippet: text.slice(start, Math.min(end, start + 200)),
  };
}

function refuse(
  plan: ConfigPlan,
  file: { path: string; text: string },
  range: { start: number; end: number },
  reason: string,
) {
  plan.uses.push(useOf(file, range, 'person'));
  const place = placeAt(file.path, file.text, range.start, range.end);
  plan.findings.push(findingFor(reason, place));
}

/** The edited file has the same strings, but for those that were edited. */
function isVerified(
  path: string,
  text: string,
  before: readonly ConfigString[],
  after: string,
  plan: ConfigPlan,
): boolean {
  const strings = readStrings(path, after);
  const print = ({ sql, value }: ConfigString, source: string) =>
    sql ? printEmbedded(sql, source) : value;
  return (
    strings !== undefined &&
    strings.length === before.length &&
    strings.every(
      (string, index) =>
        string.keys.join('\n') === before[index].keys.join('\n') &&
        print(string, after) ===
          (plan.expected.get(index) ?? print(before[index], text)),
    )
  );
}
