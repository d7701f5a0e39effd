/** Now, as GitHub writes times: ISO 8601 UTC with whole seconds. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
