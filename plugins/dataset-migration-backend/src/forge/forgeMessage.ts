/** GitHub's `message` and the first `errors[].message` of an answer, on one line. */
export function forgeMessage(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const detail =
    typeof first === 'object' && first !== null
      ? (first as { message?: unknown }).message
      : first;
  return [message, detail]
    .filter((part): part is string => typeof part === 'string')
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}
