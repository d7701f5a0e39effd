import { types } from 'node:util';

/**
 * What an error says, if it is one. The engine's errors can come from another
 * realm, where `instanceof` does not know them.
 */
export function errorText(error: unknown): string | undefined {
  return error instanceof Error || types.isNativeError(error)
    ? error.message
    : undefined;
}
