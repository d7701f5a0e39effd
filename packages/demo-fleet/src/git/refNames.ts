export const ZERO_SHA = '0'.repeat(40);

/** Whether git accepts the name as (part of) a ref, so that it can neither be an option nor a revision expression. */
export function isRefName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length < 256 &&
    !/^[-/.]|[/.]$|\.lock$/.test(name) &&
    !/\.\.|\/\/|@\{|\/\.|\.lock\//.test(name) &&
    // What git forbids besides, see git-check-ref-format.
    !/[\s~^:?*[\\\x7f]/.test(name) &&
    name !== '@'
  );
}

export function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
