import { InputError } from '@backstage/errors';

export interface RepositoryName {
  /** With the port, where there is one. */
  host: string;
  owner: string;
  name: string;
}

/**
 * Takes `host/owner/name` apart.
 *
 * @throws InputError for anything that could become another URL than it says.
 */
export function parseRepository(repository: string): RepositoryName {
  const match = /^([\w.-]+(?::\d+)?)\/([\w.-]+)\/([\w.-]+)$/.exec(repository);
  if (!match || match.slice(2).some(part => /^\.+$/.test(part))) {
    throw new InputError(
      `${JSON.stringify(
        repository,
      )} is not a repository; expected host/owner/name.`,
    );
  }
  return { host: match[1], owner: match[2], name: match[3] };
}
