import { Excluded } from './loadCase';
import { FrameworkTotals, Judgement } from './summarize';

export interface Report {
  commit: string;
  minutes: number;
  lanes: number;
  frameworks: Record<string, FrameworkTotals>;
  projects: Array<Partial<FrameworkTotals> & { name: string; dialect: string }>;
  excluded: Excluded[];
  judgements: Judgement[];
}

const NAMES: Record<string, string> = {
  sql: 'SQL',
  dbt: 'dbt models',
  'dbt-yaml': 'dbt schema files',
  scala: 'Scala',
  python: 'Python',
  notebook: 'Notebooks',
  config: 'YAML and JSON configuration',
  java: 'Java',
  other: 'Other files',
};

const EXCLUDED: Record<string, string> = {
  producer: 'make the table',
  declaration:
    "only declare the table itself, as its producer's schema files do",
  prose: 'name it only in text for people',
};

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

function share(part: number, whole: number): string {
  return whole === 0
    ? String(part)
    : `${part} (${Math.round((100 * part) / whole)} %)`;
}

function reasons(counts: Record<string, number>): string {
  const all = Object.entries(counts);
  return all.length === 0
    ? '—'
    : all.map(([reason, count]) => `\`${reason}\` ${count}`).join(', ');
}

function countBy(values: readonly string[]): Array<[string, number]> {
  return [...new Set(values)]
    .sort()
    .map(value => [value, values.filter(each => each === value).length]);
}

function totalsRow(name: string, totals: FrameworkTotals): string[] {
  const { proved, unproved, files } = totals;
  return [
    name,
    String(files),
    String(totals.usesFound),
    share(proved + unproved, files),
    share(proved, files),
    String(unproved),
    String(totals.handedOver),
    String(totals.failed),
    String(totals.silent),
    String(totals.wrong),
    String(totals.outside),
  ];
}

const HEAD = [
  'Files',
  'Uses found',
  'Migrated',
  'Migrated and proved',
  'Migrated, unproved',
  'Handed over',
  'Failed its proof',
  'Silent',
  'Wrong',
  'Outside',
];

function excludedLine(excluded: readonly Excluded[]): string {
  const counts = countBy(excluded.map(({ why }) => why)).map(
    ([why, count]) => `${count} that ${EXCLUDED[why] ?? why}`,
  );
  return counts.length === 0
    ? 'The text search left no file out.'
    : `Left out of the files, of what the text search finds: ${counts.join(
        ', ',
      )}.`;
}

function judgementRows(judgements: readonly Judgement[]): string[][] {
  const kind = ({ verdict, how }: Judgement) =>
    verdict === 'agrees' && how.includes('not run')
      ? 'agrees by lineage only'
      : verdict;
  return countBy(judgements.map(kind)).map(([verdict, count]) => [
    verdict,
    String(count),
  ]);
}

/** The tables of a run as Markdown: frameworks, projects, reasons, and the oracle. */
export function printReport(report: Report): string {
  const frameworks = Object.entries(report.frameworks);
  const named = frameworks.map(
    ([name, totals]) => [NAMES[name] ?? name, totals] as const,
  );
  const projects = report.projects.flatMap(project =>
    project.files === undefined
      ? []
      : [totalsRow(project.name, project as FrameworkTotals)],
  );
  const minutes = Math.round(report.minutes);
  return [
    `Measured at \`${report.commit}\`, in ${minutes} minutes with ${report.lanes} processes at a time.`,
    table(
      ['Framework', ...HEAD],
      named.map(([name, totals]) => totalsRow(name, totals)),
    ),
    excludedLine(report.excluded),
    table(
      ['Framework', 'Handed over because of'],
      named
        .filter(([, { handedOver }]) => handedOver > 0)
        .map(([name, { handedOverBy }]) => [name, reasons(handedOverBy)]),
    ),
    table(
      ['Framework', 'Not proved because of'],
      named
        .filter(([, { unproved, failed }]) => unproved + failed > 0)
        .map(([name, { unprovedBy }]) => [name, reasons(unprovedBy)]),
    ),
    table(['Project', ...HEAD], projects),
    table(['The oracle', 'Files'], judgementRows(report.judgements)),
    '',
  ].join('\n\n');
}
