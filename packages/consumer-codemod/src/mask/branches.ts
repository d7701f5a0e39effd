import { JinjaSpan } from './scanJinja';

export interface Branch {
  /** `if is_incremental()`, `elif …`, `else`. */
  label: string;
  /** The text between its tag and the next one. */
  start: number;
  end: number;
}

/** One `{% if %} … {% endif %}`. */
export interface Conditional {
  branches: Branch[];
  hasElse: boolean;
  /** Conditionals outside of this one, each with the branch that this one stands in. */
  inside: Array<{ conditional: number; branch: number }>;
}

export interface JinjaBlocks {
  conditionals: Conditional[];
  /** Bodies that are no part of the file's SQL: macros, tests, captured sets. */
  hidden: Array<{ start: number; end: number }>;
}

const HIDDEN = new Set([
  'macro',
  'test',
  'docs',
  'materialization',
  'set',
  'call',
  'filter',
  'raw',
]);
const OPENERS = new Set(['if', 'for', 'snapshot', ...HIDDEN]);

interface Open {
  tag: string;
  conditional?: number;
  branch?: Branch;
  bodyStart: number;
}

function firstWord(body: string): string {
  return body.trim().match(/^\w+/)?.[0] ?? '';
}

/** Pairs the block tags; returns nothing if they do not pair. */
export function findBlocks(
  spans: readonly JinjaSpan[],
): JinjaBlocks | undefined {
  const conditionals: Conditional[] = [];
  const hidden: JinjaBlocks['hidden'] = [];
  const open: Open[] = [];
  for (const span of spans) {
    if (span.kind !== 'statement') {
      continue;
    }
    const tag = firstWord(span.body);
    const label = span.body.trim().replace(/\s+/g, ' ');
    const top = open[open.length - 1];
    if (tag === 'if') {
      const inside = open.flatMap(entry =>
        entry.conditional === undefined
          ? []
          : [
              {
                conditional: entry.conditional,
                branch: conditionals[entry.conditional].branches.length - 1,
              },
            ],
      );
      const branch = { label, start: span.end, end: span.end };
      conditionals.push({ branches: [branch], hasElse: false, inside });
      open.push({
        tag,
        conditional: conditionals.length - 1,
        branch,
        bodyStart: span.end,
      });
    } else if (tag === 'elif' || tag === 'else') {
      if (!top || (top.tag !== 'if' && top.tag !== 'for')) {
        return undefined;
      }
      if (top.conditional !== undefined && top.branch) {
        top.branch.end = span.start;
        top.branch = { label, start: span.end, end: span.end };
        conditionals[top.conditional].branches.push(top.branch);
        conditionals[top.conditional].hasElse = tag === 'else';
      }
    } else if (tag.startsWith('end') && OPENERS.has(tag.slice(3))) {
      if (!top || top.tag !== tag.slice(3)) {
        return undefined;
      }
      open.pop();
      if (top.branch) {
        top.branch.end = span.start;
      }
      if (HIDDEN.has(top.tag)) {
        hidden.push({ start: top.bodyStart, end: span.start });
      }
    } else if (OPENERS.has(tag)) {
      // `{% set x = … %}` has no end; `{% set x %}` captures a block.
      if (tag !== 'set' || /^set\s+[\w, ]+$/.test(label)) {
        open.push({ tag, bodyStart: span.end });
      }
    }
  }
  return open.length === 0 ? { conditionals, hidden } : undefined;
}
