/**
 * `yarn bench NAME [--quick]`: runs `benchmarks/NAME.ts`, which prints its measurements and
 * ends with one line of JSON.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const name = process.argv[2] ?? '';
const file = path.join(root, 'benchmarks', `${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(path.join(root, 'benchmarks'))
    .filter(each => each.endsWith('.ts'))
    .map(each => each.replace(/\.ts$/, ''));
  console.error(
    `Usage: yarn bench NAME [--quick]. Benchmarks: ${names.join(', ')}`,
  );
  process.exit(2);
}
const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const { run } = require(file);
try {
  const result = await run({ quick: process.argv.includes('--quick') });
  console.log(JSON.stringify(result));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
