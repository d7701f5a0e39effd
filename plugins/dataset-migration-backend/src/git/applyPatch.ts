import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import { GitError } from './GitError';
import { LocalRepository } from './LocalRepository';

/**
 * Applies a binary, full-index patch to the tree of a commit, without a work tree, and returns
 * the new tree. It applies exactly or not at all: three-way merging would publish text that
 * nobody approved.
 *
 * @throws ConflictError when it does not apply, InputError when it is no patch.
 */
export async function applyPatch(
  local: LocalRepository,
  base: string,
  patch: Buffer,
): Promise<string> {
  const index = join(local.gitDir, `index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await local.run(['read-tree', base], { environment });
    await local.run(
      ['apply', '--cached', '--binary', '--whitespace=nowarn', '-'],
      { environment, input: patch },
    );
    return await local.text(['write-tree'], { environment });
  } catch (error) {
    if (error instanceof GitError && error.command === 'apply') {
      throw describe(error);
    }
    throw error;
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

function describe(error: GitError): Error {
  const said = error.stderr.trim().split('\n').slice(0, 3).join(' ');
  if (
    /corrupt patch|unrecognized input|No valid patches|invalid path|fragment without header|bogus/i.test(
      said,
    )
  ) {
    return new InputError(`This is not a usable patch: ${said}`);
  }
  return new ConflictError(`The patch does not apply: ${said}`);
}
