import {
  DatasetMapping,
  DatasetUse,
  FieldMapping,
  Route,
  UseOutput,
} from 'backstage-plugin-dataset-migration-common';
import { FileReport } from '../CommandDocument';

const ROUTES: Route[] = ['codemod', 'question', 'agent', 'person'];
const MAX_SNIPPET = 60;

/** Every use by field, in the order of the old contract; uses of the table come first. */
export function printUsage(
  files: FileReport[],
  mapping: DatasetMapping,
): string[] {
  const uses = files.flatMap(file => file.uses);
  const lines = section(
    'the table itself',
    uses.filter(({ field }) => field === undefined),
  );
  const fields = new Map(mapping.fields.map(each => [each.name, each]));
  const unknown = uses.filter(
    ({ field }) => field !== undefined && !fields.has(field),
  );
  for (const [name, field] of fields) {
    lines.push(
      ...section(
        `${name}  ${becomes(field)}`,
        uses.filter(use => use.field === name),
      ),
    );
  }
  for (const name of new Set(unknown.map(({ field }) => field))) {
    lines.push(
      ...section(
        `${name}  not in the old contract`,
        unknown.filter(({ field }) => field === name),
      ),
    );
  }
  const unused = [...fields.keys()].filter(
    name => !uses.some(({ field }) => field === name),
  );
  if (uses.length > 0 && unused.length > 0) {
    lines.push(`not read by name: ${unused.join(', ')}`, '');
  }
  return lines;
}

function becomes(field: FieldMapping): string {
  switch (field.kind) {
    case 'same':
      return 'stays';
    case 'ask':
      return `is asked: ${field.question}`;
    case 'gone':
      return `is gone: ${field.reason}`;
    default:
      return `becomes ${field.is}`;
  }
}

function section(title: string, uses: DatasetUse[]): string[] {
  if (uses.length === 0) {
    return [];
  }
  const routes = ROUTES.flatMap(route => {
    const number = uses.filter(use => use.route === route).length;
    return number > 0 ? [`${number} ${route}`] : [];
  });
  const places = uses.map(
    ({ place }) => `${place.path}:${place.line}:${place.column}`,
  );
  const width = Math.min(60, Math.max(...places.map(({ length }) => length)));
  return [
    `${title}  (${routes.join(', ')})`,
    ...uses.map((use, index) =>
      [
        `  ${places[index].padEnd(width)}`,
        use.context.padEnd(10),
        use.route.padEnd(8),
        oneLine(use.snippet),
        ...wayOf(use),
      ].join('  '),
    ),
    '',
  ];
}

/** Through what a use is read and where it ends, as far as it is known. */
function wayOf({ via = [], outputs = [] }: DatasetUse): string[] {
  return [
    ...(via.length > 0
      ? [`via ${via.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`]
      : []),
    ...(outputs.length > 0 ? [`→ ${outputs.map(outputOf).join(', ')}`] : []),
  ];
}

function outputOf({ name, as }: UseOutput): string {
  if (name === undefined) {
    return as;
  }
  return as === 'unchanged' ? name : `${name} (${as})`;
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > MAX_SNIPPET
    ? `${flat.slice(0, MAX_SNIPPET - 1)}…`
    : flat;
}
