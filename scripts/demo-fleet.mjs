// Starts the simulated GitHub of the demo and fills it with the demo fleet.
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    root: { type: 'string', default: resolve(root, '.demo/forge') },
    reset: { type: 'boolean', default: false },
    limits: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Usage: yarn demo-fleet [--port 7080] [--root DIR] [--reset] [--limits]

  --reset   throw away what earlier demos left in DIR
  --limits  keep GitHub's limits but shorten their windows`);
  process.exit(0);
}

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  SHORT_LIMITS,
  startDemoFleet,
} = require('../packages/demo-fleet/src/seed/index.ts');

const webhook = {
  url:
    process.env.DEMO_FLEET_WEBHOOK_URL ??
    'http://127.0.0.1:7007/api/events/http/github',
  secret: process.env.DEMO_FLEET_WEBHOOK_SECRET ?? 'demo-webhook-secret',
};
const { forge, seeded } = await startDemoFleet({
  rootDir: resolve(values.root),
  port: values.port === undefined ? undefined : Number(values.port),
  reset: values.reset,
  token: process.env.DEMO_FLEET_TOKEN,
  webhook,
  limits: values.limits ? SHORT_LIMITS : undefined,
});
console.log(
  `Simulated GitHub on ${forge.baseUrl}: ${seeded.written.length} repositories written, ${seeded.kept.length} kept`,
);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (!stopping) {
      stopping = true;
      forge.close().then(
        () => process.exit(0),
        error => {
          console.error(error);
          process.exit(1);
        },
      );
    }
  });
}
