import {
  EquivalenceCase,
  PrintableTable,
} from 'backstage-plugin-dataset-migration-common';

/** The smallest difference found, as tables; nothing where there is none. */
export function printCounterexample({
  label,
  counterexample,
}: EquivalenceCase): string[] {
  if (!counterexample) {
    return [];
  }
  const { inputs, old, new: changed } = counterexample;
  return [
    `    ${label}, smallest difference found:`,
    ...Object.entries(inputs).flatMap(([name, table]) =>
      printTable(`input ${name}`, table),
    ),
    ...printTable('old result', old),
    ...printTable('new result', changed),
  ];
}

function printTable(
  title: string,
  { columns, rows }: PrintableTable,
): string[] {
  const cells = [columns, ...rows.map(row => row.map(each => each ?? 'NULL'))];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map(row => row[index]?.length ?? 0)),
  );
  return [
    `    ${title}${rows.length === 0 ? ' (no rows)' : ''}`,
    ...cells.map(row =>
      `      ${row
        .map((each, i) => each.padEnd(widths[i]))
        .join(' | ')}`.trimEnd(),
    ),
  ];
}
