/** What the backend said, where it said something; `Request failed with 409` helps nobody. */
export function errorText(error: Error): string {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Error && cause.message) {
    return cause.message;
  }
  if (
    typeof cause === 'object' &&
    cause !== null &&
    'message' in cause &&
    typeof cause.message === 'string' &&
    cause.message
  ) {
    return cause.message;
  }
  return error.message;
}
