/** Thrown when SQL cannot be read or has no form in the embedded engine. */
export class TranslationError extends Error {
  name = 'TranslationError';
}
