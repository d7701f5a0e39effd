/** What the engine says it cannot bind or convert. */
export type Refusal =
  /** A function, operator or clause does not take operands of these types. */
  | { kind: 'operands'; of: string; types: string[] }
  | { kind: 'list' }
  | { kind: 'field'; column: string }
  | { kind: 'column'; name: string; qualifier?: string }
  | { kind: 'ambiguous'; name: string; qualifiers: string[] }
  /** A value of a column is not of the type that it is converted to. */
  | { kind: 'value'; column: string; type: string };

const TYPE = String.raw`([\w()\[\], "]+?)`;

/** `sum`, `+`, `compare`, `BETWEEN`, `COALESCE`, `CASE`, `IN`, `combine`. */
const MIXED: Array<[pattern: RegExp, of?: string]> = [
  [
    new RegExp(
      `Cannot compare values of type ${TYPE} and (?:type )?${TYPE}(?: in (IN)/ANY/ALL clause)? - an`,
    ),
    'compare',
  ],
  [
    new RegExp(
      `Cannot mix values of type ${TYPE} and ${TYPE} in (BETWEEN|COALESCE|CASE|IN)\\b`,
    ),
  ],
  [
    new RegExp(`Cannot combine types of ${TYPE} and ${TYPE}(?: -|$)`),
    'combine',
  ],
];

/** Splits `BIGINT, DECIMAL(4,2)` at the commas outside of brackets. */
function splitTypes(text: string): string[] {
  return text === ''
    ? []
    : text.split(/,\s*(?![^()]*\))/).map(part => part.trim());
}

function readColumn(message: string): Refusal | undefined {
  const missing =
    /(?:Values list|Table) "([^"]+)" does not have a column named "([^"]+)"/.exec(
      message,
    );
  if (missing) {
    return { kind: 'column', qualifier: missing[1], name: missing[2] };
  }
  const twice =
    /Ambiguous reference to column name "([^"]+)" \(use: "([^"]+)\.[^".]+" or "([^"]+)\.[^".]+"\)/.exec(
      message,
    );
  if (twice) {
    const [, column, first, second] = twice;
    return { kind: 'ambiguous', name: column, qualifiers: [first, second] };
  }
  const excluded =
    /Column "([^"]+)" in (?:EXCLUDE|REPLACE|RENAME) list not found in (FROM clause|\w+)/.exec(
      message,
    );
  if (excluded) {
    const [, name, place] = excluded;
    return place === 'FROM clause'
      ? { kind: 'column', name }
      : { kind: 'column', name, qualifier: place };
  }
  const name = /Referenced column "([^"]+)" not found in FROM clause/.exec(
    message,
  )?.[1];
  return name ? { kind: 'column', name } : undefined;
}

function readValue(message: string): Refusal | undefined {
  if (!/^(Conversion|Invalid Input) Error/.test(message)) return undefined;
  const column = /when casting from source column (\w+)/.exec(message)?.[1];
  const type =
    /Could not convert string '[^]*?' to (\w+)/.exec(message)?.[1] ??
    /invalid (date|timestamp) field format/i.exec(message)?.[1].toUpperCase();
  return column && type ? { kind: 'value', column, type } : undefined;
}

/** Reads the messages that a wrongly guessed column causes. */
export function readRefusal(message: string): Refusal | undefined {
  const call =
    /No function matches the given name and argument types '([^(]+)\((.*?)\)'\. You/.exec(
      message,
    );
  if (call) {
    const [, of, types] = call;
    return { kind: 'operands', of, types: splitTypes(types) };
  }
  for (const [pattern, name] of MIXED) {
    const match = pattern.exec(message);
    if (match) {
      const of = match[3] ?? name ?? '';
      return { kind: 'operands', of, types: [match[1], match[2]] };
    }
  }
  if (
    /UNNEST (?:requires a single list|\(?\)? ?can only)|UNNEST\(\) can only/.test(
      message,
    )
  ) {
    return { kind: 'list' };
  }
  const struct = /Cannot extract field '[^']*' from expression "([^"]+)"/.exec(
    message,
  )?.[1];
  if (struct) {
    const column = struct.split('.').pop() ?? struct;
    return { kind: 'field', column };
  }
  return readColumn(message) ?? readValue(message);
}

/**
 * Where in a query the engine points, in bytes as the tree counts.
 *
 * @param asked - what the engine was given, of which the query is the end
 */
export function pointedAt(
  message: string,
  asked: string,
  query: string,
): number | undefined {
  const match = /\nLINE \d+: ([^\n]*)\n( *)\^/.exec(message);
  if (!match) return undefined;
  const [whole, line, indent] = match;
  const prefix = whole.indexOf(line) - 1;
  const shown = line.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  const cut = line.startsWith('...') ? 3 : 0;
  const start = asked.indexOf(shown);
  if (start < 0) return undefined;
  const within = indent.length - prefix - cut;
  return start + within - (asked.length - query.length);
}
