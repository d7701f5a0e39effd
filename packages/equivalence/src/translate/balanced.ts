const OPENING: Record<string, string> = { ')': '(', ']': '[' };

/** Index behind the bracket that closes the one at `open`; strings are skipped. */
export function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    const char = text[index];
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, index + 1);
      if (end < 0) return text.length;
      index = end;
    } else if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (--depth === 0) return index + 1;
    }
  }
  return text.length;
}

/** Index of the bracket that the one at `close` closes. */
export function openingBracket(text: string, close: number): number {
  const opening = OPENING[text[close]];
  let depth = 0;
  for (let index = close; index >= 0; index--) {
    if (text[index] === text[close]) depth++;
    if (text[index] === opening && --depth === 0) return index;
  }
  return 0;
}

/** Replaces every `start…(…)` by what `change` makes of the text inside the brackets. */
export function replaceCalls(
  text: string,
  start: RegExp,
  change: (inside: string, match: RegExpExecArray) => string | undefined,
): string {
  const pattern = new RegExp(start.source, `${start.flags.replace('g', '')}g`);
  let result = '';
  let from = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const open = match.index + match[0].length - 1;
    const end = closingBracket(text, open);
    const changed = change(text.slice(open + 1, end - 1), match);
    if (changed === undefined) continue;
    result += text.slice(from, match.index) + changed;
    from = end;
    pattern.lastIndex = end;
  }
  return result + text.slice(from);
}
