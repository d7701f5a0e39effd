const START =
  /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|\()*(?:select|with|insert|merge|create|declare|update|delete|begin|truncate|drop|alter|export)\b/i;
const INSIDE = /\b(?:from|join|into|table|view|update|using)\b/i;

/** True if a string of a host language looks like a SQL statement. */
export function looksLikeSql(text: string): boolean {
  return START.test(text) && INSIDE.test(text);
}
