/**
 * What is published, as those get it who install it: every package is built and packed as
 * publishing does, installed into an empty directory outside of the repository, and run there.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { installPackages } from './installPackages.mjs';
import { packPackages, root } from './packPackages.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const PLUGIN = 'backstage-plugin-dataset-migration';
const SCAFFOLDER_MODULE =
  'backstage-plugin-scaffolder-backend-module-dataset-migration';
const RUNNER = 'dataset-migration-agent-runner';
/** What the installing project brings along: a portal's backend and its app's React. */
const PROJECT = [
  '@backstage/backend-defaults',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@backstage/plugin-events-backend',
  '@backstage/plugin-notifications-backend',
  '@backstage/plugin-scaffolder-backend',
  '@types/react',
  'react',
  'react-dom',
  'react-router-dom',
];
/** What a tarball holds beside `dist`, `package.json`, its README and its commands. */
const EXTRA_FILES = {
  [`${PLUGIN}-backend`]: [
    'config.schema.json',
    ...readdirSync(
      path.join(root, 'plugins/dataset-migration-backend/migrations'),
    ).map(file => `migrations/${file}`),
    'src/schema/openapi.yaml',
  ],
  [`${PLUGIN}-common`]: ['src/plan/migration-plan.schema.json'],
  [SCAFFOLDER_MODULE]: [
    'config.schema.json',
    'templates/dataset-migration-run.yaml',
  ],
};
const TEST_FILE =
  /\.test\.|\.stories\.|(^|\/)(testing|testUtils|__testUtils__|__tests__|__fixtures__|fixtures|dev)(\/|\.)/;

const directory = realpathSync(
  mkdtempSync(path.join(os.tmpdir(), 'dataset-migration-packages-')),
);
const project = path.join(directory, 'project');
const modules = path.join(project, 'node_modules');
let packed = [];

before(async () => {
  const stage = path.join(directory, 'stage');
  mkdirSync(stage);
  cpSync(path.join(root, 'package-tests/installed'), project, {
    recursive: true,
  });
  packed = await packPackages(stage);
  installPackages(project, packed, PROJECT, root);
  const dependencies = Object.fromEntries(
    packed.map(({ name, tarball }) => [name, `file:${tarball}`]),
  );
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ name: 'project', private: true, dependencies }),
  );
});

after(() => rmSync(directory, { recursive: true, force: true }));

function manifestOf(name) {
  return JSON.parse(
    readFileSync(path.join(modules, name, 'package.json'), 'utf8'),
  );
}

/** Runs a script of the installing project with nothing of this environment; it prints JSON. */
async function runScript(name) {
  const { stdout } = await run(process.execPath, [name], {
    cwd: project,
    env: { PATH: process.env.PATH },
  });
  return JSON.parse(stdout);
}

describe('tarballs', () => {
  it('are made of every package that is not private', () => {
    assert.deepEqual(packed.map(({ name }) => name).sort(), [
      PLUGIN,
      `${PLUGIN}-backend`,
      `${PLUGIN}-common`,
      `${PLUGIN}-node`,
      SCAFFOLDER_MODULE,
      RUNNER,
      'dataset-migration-consumer-codemod',
      'dataset-migration-equivalence',
    ]);
  });

  it('hold what is built and what it reads, and no sources or tests', () => {
    for (const { name, tarball } of packed) {
      const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
        .split('\n')
        .filter(file => file && !file.endsWith('/'))
        .map(file => file.replace(/^package\//, ''));
      const extra = files.filter(file => !file.startsWith('dist/'));
      const expected = [
        'README.md',
        'package.json',
        ...Object.values(manifestOf(name).bin ?? {}),
        ...(EXTRA_FILES[name] ?? []),
      ];
      assert.deepEqual(extra.sort(), expected.sort(), name);
      assert.ok(files.includes('dist/index.d.ts'), `${name} has no types`);
      const tests = files.filter(file => TEST_FILE.test(file));
      assert.deepEqual(tests, [], name);
      const sources = files.filter(file => /(?<!\.d)\.tsx?$/.test(file));
      assert.deepEqual(sources, [], name);
    }
  });

  it('name no workspace, and only entries that are there', () => {
    for (const { name } of packed) {
      const manifest = manifestOf(name);
      const own = JSON.stringify([
        manifest.dependencies,
        manifest.peerDependencies,
      ]);
      assert.doesNotMatch(own, /workspace:/, name);
      const entries = [
        manifest.main,
        manifest.types,
        manifest.module,
        manifest.configSchema,
        ...Object.values(manifest.bin ?? {}),
        ...Object.values(manifest.exports ?? {}).flatMap(entry =>
          typeof entry === 'string' ? [entry] : Object.values(entry),
        ),
      ];
      for (const entry of entries.filter(Boolean)) {
        assert.ok(
          statSync(path.join(modules, name, entry)).isFile(),
          `${name}: ${entry}`,
        );
      }
    }
  });

  it('say what kind of feature they bring', () => {
    const features = Object.fromEntries(
      packed.map(({ name }) => [name, manifestOf(name).backstage?.features]),
    );
    assert.equal(features[PLUGIN]['.'], '@backstage/FrontendPlugin');
    assert.equal(
      features[`${PLUGIN}-backend`]['.'],
      '@backstage/BackendFeature',
    );
    assert.equal(features[SCAFFOLDER_MODULE]['.'], '@backstage/BackendFeature');
  });

  it('declare every package that their types import', () => {
    for (const { name } of packed) {
      const { dependencies, peerDependencies } = manifestOf(name);
      const declared = new Set(
        Object.keys({ ...dependencies, ...peerDependencies }),
      );
      const types = readdirSync(path.join(modules, name, 'dist')).filter(file =>
        file.endsWith('.d.ts'),
      );
      for (const file of types) {
        const text = readFileSync(
          path.join(modules, name, 'dist', file),
          'utf8',
        );
        for (const [, imported] of text.matchAll(/ from '([^.'][^']*)'/g)) {
          const [scope, rest] = imported.split('/');
          const dependency = scope.startsWith('@') ? `${scope}/${rest}` : scope;
          assert.ok(
            declared.has(dependency),
            `${name}/dist/${file} imports ${dependency}`,
          );
        }
      }
    }
  });
});

describe('installed packages', () => {
  it('check a plan with the runner that their manifest names', async () => {
    const mapping = JSON.parse(
      readFileSync(path.join(project, 'mapping.json'), 'utf8'),
    );
    const bin = path.join(
      modules,
      RUNNER,
      manifestOf(RUNNER).bin['dataset-migration-runner'],
    );
    const check = async changed => {
      const [job, result] = ['job.json', 'result.json'].map(file =>
        path.join(directory, file),
      );
      writeFileSync(job, JSON.stringify({ mapping: changed }));
      // Through its first line, as a shell starts what is linked into `.bin`.
      await run(bin, ['--check-plan', '--job', job, '--result', result], {
        env: { PATH: process.env.PATH },
      });
      return JSON.parse(readFileSync(result, 'utf8')).problems;
    };
    assert.deepEqual(await check(mapping), []);
    const [problem] = await check({
      ...mapping,
      fields: [{ kind: 'expression', name: 'country', is: 'LOWER(nowhere)' }],
    });
    assert.equal(problem.field, 'country');
    assert.equal(problem.severity, 'error');
  });

  it('start each of their commands', async () => {
    for (const [command, file] of Object.entries(manifestOf(RUNNER).bin)) {
      const { code, stderr } = await run(
        path.join(modules, RUNNER, file),
        ['--nonsense'],
        { env: { PATH: process.env.PATH } },
      ).catch(error => error);
      assert.equal(code, 2, `${command}: ${stderr}`);
      assert.match(stderr, /Unknown option '--nonsense'/);
    }
  });

  it('parse in the process of the parser', async () => {
    const {
      entry,
      parsed,
      trees,
      after: rewritten,
    } = await runScript('parse.cjs');
    assert.ok(entry.startsWith(modules), entry);
    assert.ok(entry.endsWith('.cjs.js'), entry);
    assert.deepEqual(
      parsed.columns.map(({ qualifier, name }) => [qualifier, name]),
      [['o', 'country']],
    );
    assert.deepEqual(trees, ['module', 'compilation_unit']);
    assert.deepEqual(rewritten, [
      'SELECT country_code AS country FROM shop.orders_v2\n',
    ]);
  });

  it('rewrite in the process of the codemod', async () => {
    const { entry, after, again } = await runScript('rewrite.cjs');
    assert.ok(entry.startsWith(modules), entry);
    assert.ok(entry.endsWith('.cjs.js'), entry);
    const expected = ['SELECT country_code AS country FROM shop.orders_v2\n'];
    assert.deepEqual([after, again], [expected, expected]);
  });

  it('prove in the process of the prover', async () => {
    const { entry, right, wrong } = await runScript('prove.cjs');
    assert.ok(entry.startsWith(modules), entry);
    assert.ok(entry.endsWith('.cjs.js'), entry);
    assert.equal(right.verdict, 'passed', right.summary);
    assert.equal(wrong.verdict, 'failed', wrong.summary);
    assert.equal(wrong.reason, 'DIFFERENT_RESULT');
  });

  it('are required as built', async () => {
    const loaded = await runScript('features.cjs');
    for (const [name, { place, exports }] of Object.entries(loaded)) {
      assert.ok(place.startsWith(path.join(modules, name, 'dist')), place);
      assert.ok(exports.length > 0, name);
    }
    for (const name of [`${PLUGIN}-backend`, SCAFFOLDER_MODULE]) {
      assert.equal(loaded[name].feature, '@backstage/BackendFeature', name);
    }
  });

  it('compile with their types', async () => {
    const compiler = require.resolve('typescript/bin/tsc');
    const { stdout } = await run(
      process.execPath,
      [compiler, '-p', path.join(project, 'tsconfig.json')],
      { cwd: project },
    ).catch(error => error);
    assert.equal(stdout, '');
  });

  it('bundle into an app, for both frontend systems', async () => {
    const bundle = path.join(directory, 'frontend.cjs');
    await build({
      stdin: {
        contents: `import plugin, * as all from '${PLUGIN}';
          console.log(JSON.stringify({ type: plugin.$$type, names: Object.keys(all) }));`,
        resolveDir: project,
      },
      bundle: true,
      outfile: bundle,
      platform: 'node',
      mainFields: ['module', 'main'],
      loader: { '.css': 'empty', '.svg': 'text', '.png': 'dataurl' },
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    });
    const { stdout } = await run(process.execPath, [bundle]);
    const { type, names } = JSON.parse(stdout);
    assert.equal(type, '@backstage/FrontendPlugin');
    for (const name of [
      'datasetMigrationPlugin',
      'EntityMigrationContent',
      'MigrationPage',
    ]) {
      assert.ok(names.includes(name), name);
    }
  });

  it('start in a backend, which finds the runner, its tables and its template', async () => {
    const [port, token] = [
      await findFreePort(),
      randomBytes(16).toString('hex'),
    ];
    const backend = spawn(
      process.execPath,
      ['backend.cjs', '--config', 'app-config.yaml'],
      {
        cwd: project,
        env: { PATH: process.env.PATH, PORT: String(port), TOKEN: token },
      },
    );
    const output = [];
    for (const stream of [backend.stdout, backend.stderr]) {
      stream.on('data', chunk => output.push(String(chunk)));
    }
    const ended = once(backend, 'exit');
    const get = async place => {
      const response = await fetch(`http://127.0.0.1:${port}${place}`, {
        headers: { Authorization: `Bearer ${token}` },
      }).catch(() => undefined);
      return response?.ok ? response.json() : undefined;
    };
    const eventually = async place => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const answer = await get(place);
        if (answer) return answer;
        if (backend.exitCode !== null) break;
        await new Promise(resolve => setTimeout(resolve, 200));
      }
      throw new Error(`${place} gave no answer:\n${output.join('')}`);
    };
    try {
      await eventually('/.backstage/health/v1/readiness');
      const migrations = await eventually('/api/dataset-migration/migrations');
      assert.equal(migrations.totalItems, 0);
      const template = await eventually(
        '/api/catalog/entities/by-name/template/default/dataset-migration-run',
      );
      assert.equal(template.kind, 'Template');
    } finally {
      backend.kill('SIGKILL');
      await ended;
    }
  });
});

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
