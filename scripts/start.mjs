/**
 * `npm start`: the portal with the demo fleet on http://localhost:7007.
 * `yarn start`: the plain Backstage start, with hot reload, on http://localhost:3000,
 * against whatever app-config.yaml and app-config.local.yaml name.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

const isYarn = (process.env.npm_config_user_agent ?? '').startsWith('yarn');
if (isYarn) {
  const cli = createRequire(import.meta.url).resolve(
    '@backstage/cli/bin/backstage-cli',
  );
  const child = spawn(
    process.execPath,
    [cli, 'repo', 'start', ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  child.on('exit', code => process.exit(code ?? 1));
} else {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      limits: { type: 'boolean', default: false },
      port: { type: 'string', default: '7007' },
      'forge-port': { type: 'string', default: '7080' },
    },
  });
  const { root, startPortal } = await import('./portal.mjs');
  const started = Date.now();
  const portal = await startPortal({
    state: path.join(root, '.demo'),
    port: Number(values.port),
    forgePort: Number(values['forge-port']),
    reset: values.reset,
    limits: values.limits,
  });
  console.log(`
Ready after ${Math.round((Date.now() - started) / 1000)} s.
  Portal          ${portal.url}   (sign in as engineer, owner or admin)
  Demo forge      ${
    portal.forge
  }   (the repositories, pull requests and their diffs)
  Start here      ${
    portal.url
  }/catalog/default/resource/user-activity-v1/migration
Stop with Ctrl-C. \`npm start -- --reset\` forgets everything and starts again.
`);
  const stop = () => {
    portal.stop();
    setTimeout(() => process.exit(0), 2000).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (const child of portal.children) {
    child.on('exit', code => {
      portal.stop();
      process.exitCode = code ?? 1;
    });
  }
}
