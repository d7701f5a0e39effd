import {
  DatasetMapping,
  Evidence,
  FieldMapping,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChangeRecord,
  MigrationRecord,
  TargetRecord,
} from '../database/records';
import { escapeMarkdown, inlineCode, plain } from './markdown';

export interface PullRequestTextInput {
  migration: Pick<MigrationRecord, 'id' | 'dataset' | 'title'>;
  target: Pick<TargetRecord, 'id' | 'consumer'>;
  change: Pick<
    ChangeRecord,
    'files' | 'findings' | 'evidence' | 'rung' | 'mappingVersion'
  >;
  mapping: DatasetMapping;
  /** Address of the portal: `https://portal`. */
  portalUrl?: string;
}

/** Forges cut titles and bodies themselves, in the middle of whatever is there. */
const MAX_TITLE = 120;
const MAX_LINES = 30;

/** Title and body of a pull request, from the change as data. Everything foreign is escaped. */
export function pullRequestText(input: PullRequestTextInput): {
  title: string;
  body: string;
} {
  const { change, mapping } = input;
  const [from, to] = [tableOf(mapping.from), tableOf(mapping.to)];
  const sections = [
    `This moves reads of ${inlineCode(from)} to ${inlineCode(to)}, in ${count(
      change.files.length,
      'file',
    )}.`,
    section('What changes', change.files.map(describeFile)),
    section('Field mapping', mapping.fields.map(describeField).filter(isText)),
    section('How far it was proved', [
      `**${proofHeadline(change)}**`,
      ...ran(change.evidence),
    ]),
    section('What was not run, and why', notRun(change.evidence)),
    section(
      'What to look at',
      change.findings.map(describeFinding).filter(isText),
    ),
    section('How to go back', [
      'Close this pull request, or after merging use "Roll back" in the portal: it proposes the reverse of exactly what was merged.',
      'Where the change is wrong, say so before you close it, by the label `wrong` or a comment that begins with `/wrong`: too many of these halt the rollout.',
      'A commit of yours on this branch makes it yours: we never push over it.',
    ]),
    link(input),
  ];
  return {
    title: plain(`Migrate ${from} to ${to}`, MAX_TITLE).replace(/@/g, '(at)'),
    body: sections.filter(isText).join('\n\n'),
  };
}

/** Title and body of the pull request that takes a merged change back. */
export function revertText(input: {
  migration: Pick<MigrationRecord, 'id' | 'dataset' | 'title'>;
  target: Pick<TargetRecord, 'id' | 'consumer' | 'pullRequest'>;
  portalUrl?: string;
  /** What tripped the breaker, or a person's words. */
  reason?: string;
}): { title: string; body: string } {
  const number = input.target.pullRequest?.number;
  const what = number ? `#${number}` : 'the migration';
  const sections = [
    `This takes back what was merged with ${what}: the files of this consumer go back to how they read before, on top of the current default branch.`,
    input.reason && `Reason: ${escapeMarkdown(input.reason)}`,
    'Closing it keeps the new version, and hands the consumer over to you.',
    link(input),
  ];
  return {
    title: plain(
      `Roll back: migrate ${input.migration.dataset}`,
      MAX_TITLE,
    ).replace(/@/g, '(at)'),
    body: sections.filter(isText).join('\n\n'),
  };
}

/** `equivalent under mapping version 3, 400 rows, 12 of 12 mutants caught`. */
export function proofHeadline(
  change: Pick<ChangeRecord, 'evidence' | 'rung' | 'mappingVersion'>,
): string {
  if (!change.rung) return 'unverified';
  const proof = change.evidence.find(
    each =>
      each.verdict === 'passed' && each.rung === change.rung && each.proof,
  )?.proof;
  if (!proof) return `${change.rung}`;
  const rows = proof.cases.reduce(
    (sum, each) =>
      sum + Object.values(each.inputRows).reduce((a, b) => a + b, 0),
    0,
  );
  return [
    `${change.rung} under mapping version ${proof.mappingVersion}`,
    count(rows, 'row'),
    `${proof.mutants.killed} of ${count(
      proof.mutants.generated,
      'mutant',
    )} caught`,
    `seed ${proof.seed}`,
  ].join(', ');
}

function ran(evidence: Evidence[]): string[] {
  return evidence
    .filter(each => each.verdict !== 'not-run')
    .flatMap(each => [
      `${escapeMarkdown(each.verifier)}: ${each.verdict}. ${escapeMarkdown(
        each.summary,
      )}`,
      ...caveats(each),
    ]);
}

function caveats({ proof }: Evidence): string[] {
  if (!proof) return [];
  return [
    proof.opaqueFunctions.length
      ? `Not looked into: ${proof.opaqueFunctions
          .map(name => inlineCode(name))
          .join(', ')}; both sides used the same stand-in.`
      : '',
    proof.errorsNotCompared
      ? 'Expressions that can raise were not compared on rows where they do.'
      : '',
  ].filter(isText);
}

function notRun(evidence: Evidence[]): string[] {
  return evidence
    .filter(each => each.verdict === 'not-run')
    .map(
      each =>
        `${escapeMarkdown(each.verifier)}: ${escapeMarkdown(each.summary)}${
          each.reason ? ` (${inlineCode(each.reason)})` : ''
        }`,
    );
}

function describeFile(file: ChangeRecord['files'][number]): string {
  return `${inlineCode(file.path)} (+${file.added} −${file.removed})`;
}

function describeField(field: FieldMapping): string | undefined {
  switch (field.kind) {
    case 'same':
      return undefined;
    case 'gone':
      return `${inlineCode(field.name)} is gone: ${escapeMarkdown(
        field.reason,
      )}`;
    case 'ask':
      return `${inlineCode(field.name)} needs a decision: ${escapeMarkdown(
        field.question,
      )}`;
    default:
      return `${inlineCode(field.name)} is now ${inlineCode(field.is)}`;
  }
}

function describeFinding(finding: Finding): string | undefined {
  const place = finding.place
    ? ` at ${inlineCode(`${finding.place.path}:${finding.place.line}`)}`
    : '';
  return `${escapeMarkdown(finding.message)}${place}`;
}

function section(title: string, lines: string[]): string | undefined {
  if (!lines.length) return undefined;
  const shown = lines.slice(0, MAX_LINES).map(line => `- ${line}`);
  const more = lines.length - shown.length;
  if (more > 0) shown.push(`- and ${more} more, in the portal`);
  return `### ${title}\n\n${shown.join('\n')}`;
}

/** The target on the dataset's own Migration tab; nothing for a dataset that has no page. */
function link(input: {
  migration: Pick<MigrationRecord, 'dataset'>;
  target: Pick<TargetRecord, 'id'>;
  portalUrl?: string;
}): string | undefined {
  const entity = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(input.migration.dataset);
  if (!input.portalUrl || !entity) return undefined;
  const [, kind, namespace, name] = entity;
  const page = [namespace, kind, name].map(encodeURIComponent).join('/');
  const url = new URL(input.portalUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/catalog/${page}/migration`;
  url.searchParams.set('target', input.target.id);
  return `[Difference, findings and evidence in the portal](${url})`;
}

function tableOf(side: DatasetMapping['from']): string {
  return side.names.tables[0] ?? side.contract.table;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function isText(text: string | undefined): text is string {
  return Boolean(text);
}
