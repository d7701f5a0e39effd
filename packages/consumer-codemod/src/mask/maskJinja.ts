import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { findBlocks, JinjaBlocks } from './branches';
import { JinjaSpan, scanJinja } from './scanJinja';

/** A combination of branches: for each conditional the branch kept, or -1 for none. */
export interface Variant {
  choice: number[];
  /** Empty if the file has no conditional. */
  label: string;
}

export interface JinjaFile {
  text: string;
  spans: JinjaSpan[];
  blocks: JinjaBlocks;
  variants: Variant[];
}

export type Placeholder = 'identifier' | 'blank' | 'number' | 'query';

/** What is compared per file: more combinations than this add little and cost time. */
const MAX_VARIANTS = 16;

/** Macros that print no SQL, or only clauses that name no field. */
export const SILENT =
  /^\s*(config|group_by|dbt_utils\.group_by|log|print|exceptions\.\w+)\s*\(/;

/** Reads a file's Jinja; returns the offset of what cannot be read otherwise. */
export function readJinja(text: string): JinjaFile | { at: number } {
  const scan = scanJinja(text);
  if (!scan.ok) {
    return { at: scan.at };
  }
  const blocks = findBlocks(scan.spans);
  if (!blocks) {
    return { at: scan.spans[0]?.start ?? 0 };
  }
  return { text, spans: scan.spans, blocks, variants: listVariants(blocks) };
}

function listVariants(blocks: JinjaBlocks): Variant[] {
  const options = blocks.conditionals.map(conditional => [
    ...conditional.branches.keys(),
    ...(conditional.hasElse ? [] : [-1]),
  ]);
  const total = options.reduce((product, list) => product * list.length, 1);
  const choices: number[][] = [];
  if (total <= MAX_VARIANTS) {
    for (let n = 0; n < total; n++) {
      let rest = n;
      choices.push(
        options.map(list => {
          const pick = list[rest % list.length];
          rest = Math.floor(rest / list.length);
          return pick;
        }),
      );
    }
  } else {
    // Every branch at least once: all first branches, all second ones, …
    const longest = Math.max(...options.map(list => list.length));
    for (let n = 0; n < longest; n++) {
      choices.push(options.map(list => list[n % list.length]));
    }
    for (let n = 0; choices.length < MAX_VARIANTS; n++) {
      choices.push(options.map((list, i) => list[(n >> i % 8) % list.length]));
    }
  }
  const variants = new Map<string, Variant>();
  for (const choice of choices) {
    // A conditional inside a branch that is not kept makes no difference.
    const effective = choice.map((pick, i) =>
      blocks.conditionals[i].inside.every(
        outer => choice[outer.conditional] === outer.branch,
      )
        ? pick
        : -2,
    );
    const label = effective
      .flatMap((pick, i) =>
        pick >= 0 ? [blocks.conditionals[i].branches[pick].label] : [],
      )
      .join(', ');
    variants.set(effective.join(), { choice: effective, label });
  }
  return [...variants.values()];
}

/** Stretches of the file that a combination of branches leaves out. */
export function deadRanges(
  file: JinjaFile,
  variant: Variant,
): Array<{ start: number; end: number }> {
  return [
    ...file.blocks.hidden,
    ...file.blocks.conditionals.flatMap((conditional, i) =>
      conditional.branches.filter((_, n) => n !== variant.choice[i]),
    ),
  ];
}

export function isLive(
  file: JinjaFile,
  variant: Variant,
  offset: number,
): boolean {
  return !deadRanges(file, variant).some(
    range => offset >= range.start && offset < range.end,
  );
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** `join{{ ref('t') }}`: one word would become part of the other. */
function isGlued(before: string): boolean {
  return /\b(from|join|select|and|or|on|where|by|when|then|else|not|in)$/i.test(
    before.slice(-8),
  );
}

function pad(text: string, length: number, fill: string): string {
  return text.length <= length
    ? text.padEnd(length, fill)
    : blank(' '.repeat(length));
}

/**
 * Replaces all Jinja by SQL of exactly the same length, so that offsets in the
 * result are offsets in the file.
 */
export function maskVariant(
  file: JinjaFile,
  variant: Variant,
  placeholders: ReadonlyMap<number, Placeholder> = new Map(),
  dialect: SqlDialect = 'bigquery',
  /** What expressions, by their index, print for sure. */
  printed: ReadonlyMap<number, string> = new Map(),
): string {
  const quote = dialect === 'bigquery' ? '`' : '"';
  let masked = '';
  let position = 0;
  for (const [index, span] of file.spans.entries()) {
    const source = file.text.slice(span.start, span.end);
    masked += file.text.slice(position, span.start);
    position = span.end;
    if (
      span.kind === 'statement' ||
      span.kind === 'comment' ||
      SILENT.test(span.body)
    ) {
      masked += blank(source);
      continue;
    }
    const known = printed.get(index);
    if (known !== undefined && known.length <= source.length) {
      masked += pad(known, source.length, ' ');
      continue;
    }
    switch (placeholders.get(index)) {
      case 'blank':
        masked += blank(source);
        break;
      case 'number':
        masked += pad('1', source.length, ' ');
        break;
      case 'query':
        masked += pad('SELECT 1', source.length, ' ');
        break;
      default:
        masked += isGlued(masked)
          ? quote + pad(placeholderName(index), source.length - 2, '_') + quote
          : pad(placeholderName(index), source.length, '_');
    }
  }
  masked += file.text.slice(position);
  for (const range of deadRanges(file, variant)) {
    masked =
      masked.slice(0, range.start) +
      blank(masked.slice(range.start, range.end)) +
      masked.slice(range.end);
  }
  // A byte order mark is no SQL.
  return masked.replace(/^\uFEFF/, ' ');
}

/** The identifier that stands for the span with this index. */
export function placeholderName(index: number): string {
  return `_j${index}_`;
}
