/** Parts of a running demo: the app's bundle, the runner, the simulated GitHub, the backend. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileRunner } from './compile-runner.mjs';

export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
);
const require = createRequire(import.meta.url);
const cli = require.resolve('@backstage/cli/bin/backstage-cli');
const transform = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/** What the app is made of; its bundle is built again when any of it changes. */
const APP_SOURCES = [
  'packages/app/src',
  'packages/app/public',
  'packages/app/package.json',
  'plugins/dataset-migration/src',
  'plugins/dataset-migration-common/src',
  'yarn.lock',
];

function addToHash(hash, file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    hash.update(file).update(readFileSync(file));
    return;
  }
  for (const name of readdirSync(file).sort()) {
    addToHash(hash, path.join(file, name));
  }
}

/** Builds the app unless its bundle is of these very sources. */
export function buildApp() {
  const hash = createHash('sha256');
  for (const source of APP_SOURCES) addToHash(hash, path.join(root, source));
  const digest = hash.digest('hex');
  const stamp = path.join(root, 'packages/app/dist/.sources');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.log('Building the app (about a minute; only after changes)…');
  const { status } = spawnSync(process.execPath, [cli, 'package', 'build'], {
    cwd: path.join(root, 'packages/app'),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The app could not be built.');
  writeFileSync(stamp, digest);
}

async function answers(url, child) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) {
      throw new Error(`The process for ${url} ended with ${child.exitCode}.`);
    }
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer within two minutes.`);
}

/**
 * Starts the simulated GitHub and the backend, which serves the app too. `state` keeps
 * repositories and database. Returns the portal's address and how to stop it all.
 */
export async function startPortal({ state, forgePort, port, reset, limits }) {
  buildApp();
  const runner = await compileRunner();
  const database = path.join(state, 'database');
  if (reset) rmSync(database, { recursive: true, force: true });
  mkdirSync(database, { recursive: true });
  const forge = `http://127.0.0.1:${forgePort}`;
  const url = `http://localhost:${port}`;
  const children = [];
  const run = (args, options) => {
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      ...options,
    });
    children.push(child);
    return child;
  };

  const fleet = run(
    [
      'scripts/demo-fleet.mjs',
      ...['--port', String(forgePort), '--root', path.join(state, 'forge')],
      ...(reset ? ['--reset'] : []),
      ...(limits ? ['--limits'] : []),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        DEMO_FLEET_WEBHOOK_URL: `http://127.0.0.1:${port}/api/events/http/github`,
      },
    },
  );
  await answers(`${forge}/`, fleet);

  const config = {
    app_baseUrl: url,
    backend_baseUrl: url,
    backend_cors_origin: url,
    backend_listen_port: port,
    backend_database_connection: { directory: database },
    integrations_github: [
      {
        host: `127.0.0.1:${forgePort}`,
        apiBaseUrl: `${forge}/api/v3`,
        rawBaseUrl: `${forge}/raw`,
        token: 'demo-backstage-token',
      },
    ],
    catalog_locations: [
      { type: 'url', target: `${forge}/demo/catalog/blob/main/locations.yaml` },
    ],
    datasetMigration_fleets_local_runner: runner,
  };
  const env = { ...process.env, NODE_ENV: 'development' };
  for (const [key, value] of Object.entries(config)) {
    env[`APP_CONFIG_${key}`] = JSON.stringify(value);
  }
  const local = path.join(root, 'app-config.local.yaml');
  const backend = run(
    [
      '--require',
      transform,
      'src/index.ts',
      ...['--config', '../../app-config.yaml'],
      ...(existsSync(local) ? ['--config', local] : []),
    ],
    { cwd: path.join(root, 'packages/backend'), env },
  );
  await answers(`${url}/.backstage/health/v1/readiness`, backend);

  return {
    url,
    forge,
    children,
    stop() {
      for (const child of children) child.kill('SIGTERM');
    },
  };
}
