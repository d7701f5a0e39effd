import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { Readable, Transform } from 'stream';
import type { ReadableStream as WebStream } from 'stream/web';
import { Git } from '../git/Git';
import { RunFailure } from '../run/RunFailure';
import { RunClient } from './RunClient';

/** Largest pack we take, in bytes. */
export const MAX_PACK_BYTES = 1024 * 1024 * 1024;

/** A bare repository that holds one commit, complete with trees and blobs. */
export interface Source {
  git: Git;
  commit: string;
}

/**
 * Puts what the backend sends into a bare repository inside the workspace, or
 * returns undefined for an empty repository.
 */
export async function openSource(options: {
  client: RunClient;
  workspace: string;
  signal: AbortSignal;
}): Promise<Source | undefined> {
  const { client, workspace, signal } = options;
  const fetched = await client.fetchSource(signal);
  if (!fetched) {
    return undefined;
  }
  const home = join(workspace, 'home');
  const directory = join(workspace, 'source.git');
  await mkdir(home, { recursive: true });
  const git = new Git(directory, home, signal);
  const format = fetched.commit.length === 64 ? 'sha256' : 'sha1';
  await git.run([
    'init',
    '--quiet',
    '--bare',
    '--template=',
    `--object-format=${format}`,
    directory,
  ]);
  // The parents of the commit are not in the pack.
  await writeFile(join(directory, 'shallow'), `${fetched.commit}\n`);
  const pack = limited(fetched.pack);
  try {
    await git.run(['index-pack', '--stdin', '--fix-thin'], { input: pack });
  } catch (error) {
    signal.throwIfAborted();
    throw new RunFailure(
      'SOURCE_INVALID',
      'The source is not a complete git pack',
      true,
      error,
    );
  } finally {
    pack.destroy();
  }
  const type = await git.run(['cat-file', '-t', fetched.commit]);
  if (type.toString().trim() !== 'commit') {
    throw new RunFailure(
      'SOURCE_INVALID',
      'The source does not hold its commit',
      true,
    );
  }
  return { git, commit: fetched.commit };
}

function limited(pack: ReadableStream<Uint8Array>): Readable {
  let size = 0;
  const guard = new Transform({
    transform(chunk: Buffer, _, next) {
      size += chunk.length;
      next(
        size > MAX_PACK_BYTES ? new Error('The source is too large') : null,
        chunk,
      );
    },
  });
  const source = Readable.fromWeb(pack as WebStream<Uint8Array>);
  // A broken download ends the input early, which git reports as incomplete.
  source.on('error', () => guard.end());
  guard.on('error', () => {
    source.destroy();
    guard.end();
  });
  return source.pipe(guard);
}
