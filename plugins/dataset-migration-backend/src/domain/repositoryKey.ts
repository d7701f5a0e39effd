/**
 * What makes two `host/owner/name` the same repository: GitHub and the names of hosts do not
 * tell upper case from lower case. Undefined stays so.
 */
export function repositoryKey<T extends string | undefined>(repository: T): T {
  return repository?.toLowerCase() as T;
}
