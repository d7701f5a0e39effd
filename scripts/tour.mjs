/**
 * `yarn tour`: the main job through the public API of a running portal (`npm start`), step by
 * step. Ends with one line of JSON; exits non-zero unless its counts equal the manifest's.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    portal: { type: 'string', default: 'http://localhost:7007' },
    forge: { type: 'string', default: 'http://127.0.0.1:7080' },
    dataset: { type: 'string', default: 'resource:default/user-activity-v1' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('Usage: yarn tour [--portal URL] [--forge URL] [--dataset REF]');
  process.exit(0);
}
const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const { runTour } = require('../packages/demo-fleet/src/tour/runTour.ts');
try {
  const summary = await runTour({
    ...values,
    reviewerToken:
      process.env.DEMO_FLEET_REVIEWER_TOKEN ?? 'demo-reviewer-token',
    say: line => console.log(line),
  });
  console.log(JSON.stringify(summary));
} catch (error) {
  console.error(
    `\nThe tour found something wrong:\n${error.body?.error?.message ?? ''} ${
      error.message
    }`,
  );
  process.exit(1);
}
