import { InputError } from '@backstage/errors';
import {
  HostileInput,
  parseSampleConnection,
  RUN_CONNECTION_VARIABLE,
  RUN_CREDENTIAL_VARIABLE,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';

/** Takes a variable out of the environment, so that no child inherits it. */
function takeVariable(name: string): string | undefined {
  const value = process.env[name];
  delete process.env[name];
  return value || undefined;
}

/** @throws InputError where the fleet gave none. */
export function takeCredential(): string {
  const credential = takeVariable(RUN_CREDENTIAL_VARIABLE);
  if (!credential) {
    throw new InputError(`${RUN_CREDENTIAL_VARIABLE} is not set`);
  }
  return credential;
}

/** Where the fleet says that real data is. @throws InputError for a wrong one, without it. */
export function takeConnection(): SampleConnection | undefined {
  const text = takeVariable(RUN_CONNECTION_VARIABLE);
  if (text === undefined) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${RUN_CONNECTION_VARIABLE} is not JSON`);
  }
  return parseSampleConnection(
    new HostileInput(value, RUN_CONNECTION_VARIABLE),
  );
}
