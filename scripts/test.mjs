/**
 * `npm test`: lint, types, formatting, generated code, unit and integration tests on SQLite
 * and PostgreSQL, and the browser. Ends with `N passed, N failed` (and `, N skipped`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const cli = require.resolve('@backstage/cli/bin/backstage-cli');
const reports = path.join(root, 'test-results');
const totals = { passed: 0, failed: 0, skipped: 0 };

function step(name, args, env = {}) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CI: 'true', ...env },
  });
  console.log(`== ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
  return status === 0;
}

/** A step that is one check. */
function check(name, args) {
  if (step(name, args)) totals.passed += 1;
  else totals.failed += 1;
}

function bin(packageName, file) {
  return path.join(
    path.dirname(require.resolve(`${packageName}/package.json`)),
    file,
  );
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const chromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(each => each && existsSync(each));

check('generated code agrees with the API description', [
  'scripts/generate-api.mjs',
  '--check',
]);
check('formatting', [bin('prettier', 'bin-prettier.js'), '--check', '.']);
check('types', [bin('typescript', 'bin/tsc'), '--incremental', 'false']);
check('configuration of production', [
  cli,
  'config:check',
  ...['--strict', '--lax'],
  ...['--config', 'app-config.yaml', '--config', 'app-config.production.yaml'],
]);
check('lint', [cli, 'repo', 'lint', '--max-warnings', '0']);

const unitReport = path.join(reports, 'unit.json');
const unitPassed = step('unit and integration tests', [
  cli,
  'repo',
  'test',
  '--maxWorkers=2',
  '--json',
  `--outputFile=${unitReport}`,
]);
const before = totals.failed;
if (existsSync(unitReport)) {
  const report = JSON.parse(readFileSync(unitReport, 'utf8'));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  totals.skipped += report.numPendingTests + report.numTodoTests;
}
if (!unitPassed && totals.failed === before) totals.failed += 1;

// After the types, as packages are packed with them.
const packageReport = path.join(reports, 'packages.tap');
const packagesPassed = step('packed packages', [
  '--test',
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ...['--test-reporter=tap', `--test-reporter-destination=${packageReport}`],
  'package-tests/packages.test.mjs',
]);
const failedBeforePackages = totals.failed;
if (existsSync(packageReport)) {
  const report = readFileSync(packageReport, 'utf8');
  const count = name =>
    Number(report.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))[1]);
  totals.passed += count('pass');
  totals.failed += count('fail') + count('cancelled');
  totals.skipped += count('skipped') + count('todo');
}
if (!packagesPassed && totals.failed === failedBeforePackages) {
  totals.failed += 1;
}

const browserTests = JSON.parse(
  readFileSync(path.join(root, 'e2e-tests/count.json'), 'utf8'),
).tests;
if (!chromium) {
  console.log(
    `\n== browser: skipped, ${browserTests} tests: Chromium is missing. Debian: apt-get install chromium; elsewhere set CHROMIUM_PATH.`,
  );
  totals.skipped += browserTests;
} else {
  const report = path.join(reports, 'browser.json');
  const passed = step('browser', [bin('@playwright/test', 'cli.js'), 'test'], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const failedBefore = totals.failed;
  if (existsSync(report)) {
    const { stats } = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += stats.expected + stats.flaky;
    totals.failed += stats.unexpected;
    totals.skipped += stats.skipped;
  }
  if (!passed && totals.failed === failedBefore) totals.failed += 1;
}

const skipped = totals.skipped ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
const refuseSkips = process.env.DATASET_MIGRATION_REFUSE_SKIPS === 'true';
process.exit(totals.failed || (refuseSkips && totals.skipped) ? 1 : 0);
