import { isLive, JinjaFile, SILENT, Variant } from './maskJinja';
import { findDbtCalls } from './dbtCalls';
import { JinjaSpan } from './scanJinja';

/** Bodies of the repository's own macros, by name. */
export type Macros = ReadonlyMap<string, string>;

const MACRO =
  /\{%-?\s*macro\s+(\w+)\s*\([^]*?%\}([^]*?)\{%-?\s*endmacro\s*-?%\}/g;

/** Reads the macros that the repository defines. */
export function collectMacros(
  files: ReadonlyArray<{ path: string; text: string }>,
): Macros {
  const macros = new Map<string, string>();
  for (const { path, text } of files) {
    if (path.endsWith('.sql') && text.includes('endmacro')) {
      for (const [, name, body] of text.matchAll(MACRO)) {
        macros.set(name, body);
      }
    }
  }
  return macros;
}

function namesField(text: string, fields: ReadonlySet<string>): boolean {
  return [...text.matchAll(/[A-Za-z_]\w*/g)].some(([word]) =>
    fields.has(word.toLowerCase()),
  );
}

/** Macros that a text calls, directly or through others. */
function calledBodies(text: string, macros: Macros): string[] {
  const seen = new Set<string>();
  const queue = [text];
  const bodies: string[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [, name] of next.matchAll(/(\w+)\s*\(/g)) {
      const body = macros.get(name);
      if (body !== undefined && !seen.has(name)) {
        seen.add(name);
        bodies.push(body);
        queue.push(body);
      }
    }
  }
  return bodies;
}

/**
 * Jinja that may print a field whose name changes: by an argument, a list that a
 * loop runs over, or the body of a macro. What it prints is not edited, so a file
 * with one cannot be rewritten safely.
 */
export function findMacroFields(
  file: JinjaFile,
  macros: Macros,
  fields: ReadonlySet<string>,
): JinjaSpan[] {
  return file.spans.filter(span => {
    if (span.kind !== 'expression' && span.kind !== 'statement') {
      return false;
    }
    if (/^\s*config\s*\(/.test(span.body)) {
      return false;
    }
    const calls = findDbtCalls(span).map(call =>
      file.text.slice(call.start, call.end),
    );
    const rest = calls.reduce(
      (body, call) => body.replace(call, ' '),
      span.body,
    );
    return (
      namesField(rest, fields) ||
      calledBodies(span.body, macros).some(body => namesField(body, fields))
    );
  });
}

/** Macro calls in `[start, end)` that the mask left out, so that no token stands for them. */
export function hasBlankedMacro(
  file: JinjaFile,
  variant: Variant,
  masked: string,
  start: number,
  end: number,
): boolean {
  return file.spans.some(
    span =>
      span.kind === 'expression' &&
      span.start >= start &&
      span.start < end &&
      !SILENT.test(span.body) &&
      isLive(file, variant, span.start) &&
      masked.slice(span.start, span.end).trim() === '' &&
      // In a comment it prints nothing that counts.
      !/--[^\n]*$/.test(file.text.slice(0, span.start)),
  );
}
