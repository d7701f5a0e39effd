/**
 * `npm start`: the portal with the demo fleet. `yarn start`: the plain Backstage start,
 * against whatever app-config.yaml and app-config.local.yaml name.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cli = createRequire(import.meta.url).resolve(
  '@backstage/cli/bin/backstage-cli',
);
const isYarn = (process.env.npm_config_user_agent ?? '').startsWith('yarn');
const children = [];
let stopping = false;

function run(name, command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  children.push(child);
  child.on('exit', code => {
    if (!stopping) {
      console.error(`${name} ended with code ${code}.`);
      stop(code || 1);
    }
  });
  return child;
}

function stop(code = 0) {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => process.exit(code), 3000);
}
process.on('SIGINT', () => stop());
process.on('SIGTERM', () => stop());

async function waitFor(url) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer.`);
}

mkdirSync(path.join(root, '.demo/database'), { recursive: true });
if (!isYarn) {
  console.log(
    'Starting the demo fleet (a simulated GitHub) on http://127.0.0.1:7080',
  );
  run('The demo fleet', process.execPath, ['scripts/demo-fleet.mjs']);
  await waitFor('http://127.0.0.1:7080/');
}
const hasLocal = existsSync(path.join(root, 'app-config.local.yaml'));
const config = ['--config', 'app-config.yaml'].concat(
  hasLocal ? ['--config', 'app-config.local.yaml'] : [],
);
console.log(
  'Starting the portal on http://localhost:3000 (first start: about a minute)',
);
run('The portal', process.execPath, [cli, 'repo', 'start', ...config]);
