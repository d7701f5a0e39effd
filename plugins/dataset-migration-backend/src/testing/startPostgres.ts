import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'child_process';
import { once } from 'events';
import { createInterface } from 'readline';

/** A PostgreSQL server of its own on a free port of this machine. */
export interface StartedPostgres {
  connection: { host: string; port: number; user: string; password: string };
  stop(): Promise<void>;
}

/** Starts a real PostgreSQL server that keeps nothing. */
export async function startPostgres(): Promise<StartedPostgres> {
  const script = resolvePackagePath(
    'backstage-plugin-dataset-migration-backend',
    'dev/postgres-server.mjs',
  );
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', chunk => errors.push(String(chunk)));
  const ended = once(child, 'exit');
  const port = await Promise.race([
    readPort(child.stdout),
    ended.then(() => {
      throw new Error(`PostgreSQL did not start: ${errors.join('')}`);
    }),
  ]);
  return {
    connection: {
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: 'postgres',
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function readPort(output: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('{')) return JSON.parse(line).port;
  }
  return new Promise(() => {});
}
