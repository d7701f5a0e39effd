/** One `{{ … }}`, `{% … %}`, `{# … #}` or `${…}` of a file. */
export interface JinjaSpan {
  kind: 'expression' | 'statement' | 'comment' | 'hole';
  start: number;
  end: number;
  /** What is between the delimiters, without the whitespace marks. */
  body: string;
  /** Where `body` starts. */
  bodyStart: number;
}

export type JinjaScan =
  | { ok: true; spans: JinjaSpan[] }
  | { ok: false; at: number };

const CLOSERS = { '{{': '}}', '{%': '%}', '{#': '#}' } as const;
const KINDS = {
  '{{': 'expression',
  '{%': 'statement',
  '{#': 'comment',
} as const;

/** Finds the end of a span; quotes inside expressions hide the closing mark. */
function findClose(text: string, from: number, closer: string): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quote) {
      if (char === '\\') {
        i++;
      } else if (char === quote) {
        quote = '';
      }
    } else if (closer !== '#}' && (char === "'" || char === '"')) {
      quote = char;
    } else if (text.startsWith(closer, i)) {
      return i;
    }
  }
  return -1;
}

/** Lists a file's Jinja spans in order; fails where one has no end. */
export function scanJinja(text: string): JinjaScan {
  const spans: JinjaSpan[] = [];
  const opener = /\{\{|\{%|\{#|\$\{/g;
  for (let found = opener.exec(text); found; found = opener.exec(text)) {
    const start = found.index;
    const mark = found[0];
    if (mark === '${') {
      const close = text.indexOf('}', start);
      if (close === -1) {
        return { ok: false, at: start };
      }
      spans.push({
        kind: 'hole',
        start,
        end: close + 1,
        body: text.slice(start + 2, close),
        bodyStart: start + 2,
      });
      opener.lastIndex = close + 1;
      continue;
    }
    const opening = mark as keyof typeof CLOSERS;
    const close = findClose(text, start + 2, CLOSERS[opening]);
    if (close === -1) {
      return { ok: false, at: start };
    }
    let bodyStart = start + 2;
    let bodyEnd = close;
    if (/[-+]/.test(text[bodyStart]) && bodyStart < bodyEnd) {
      bodyStart++;
    }
    if (/[-+]/.test(text[bodyEnd - 1]) && bodyEnd > bodyStart) {
      bodyEnd--;
    }
    const end = close + 2;
    spans.push({
      kind: KINDS[opening],
      start,
      end,
      body: text.slice(bodyStart, bodyEnd),
      bodyStart,
    });
    opener.lastIndex = end;
  }
  return { ok: true, spans };
}
