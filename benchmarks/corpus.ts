import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FileOutcome } from './corpus/FileOutcome';
import { Lanes } from './corpus/Lanes';
import { Excluded, loadCase } from './corpus/loadCase';
import { judgeCase, rewriteCase } from './corpus/measureCase';
import { readFiles } from './corpus/readFiles';
import { printReport } from './corpus/printReport';
import { replaceSection } from './corpus/replaceSection';
import { runPython } from './corpus/runPython';
import { Judgement, summarize } from './corpus/summarize';

interface Project {
  name: string;
  /** `owner/name`; its checkout is the folder `owner+name`. */
  repository: string;
  dialect: string;
  dbt: boolean;
  addressing: string[];
  tables: number;
  /** Tables of others that it reads. */
  only?: object[];
  /** Repository of the project that declares those. */
  schemasOf?: string;
}

const SEED = 2026;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`Set ${name}; see benchmarks/corpus/README.md`);
  }
  return value;
}

/** What one project gave; written when it is through, so that a stopped run can go on. */
interface Measured {
  excluded: Excluded[];
  outcomes: FileOutcome[];
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}

/** Writes the migrations of a project, rewrites with each in turn, and proves meanwhile. */
async function measureProject(
  project: Project,
  source: string,
  out: string,
  lanes: Lanes,
): Promise<() => Promise<Measured>> {
  const checkout = (repository: string) =>
    path.join(source, repository.replace('/', '+'));
  const root = checkout(project.repository);
  const folder = path.join(out, project.name);
  await mkdir(folder, { recursive: true });
  const input = path.join(out, `${project.name}.json`);
  const schemas = project.schemasOf && checkout(project.schemasOf);
  await writeFile(
    input,
    JSON.stringify({ ...project, root, schemas, seed: SEED }),
  );
  await runPython('survey.py', [input, folder]);
  const files = await readFiles(root);
  const measured: Array<Promise<FileOutcome[]>> = [];
  const excluded: Excluded[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const corpusCase = await loadCase(path.join(folder, name));
    excluded.push(...corpusCase.excluded);
    const rewritten = await lanes.run(() => rewriteCase(corpusCase, files));
    const judged = judgeCase(rewritten, project.dbt, lanes);
    // It is waited for later, and an error must not be lost until then.
    judged.then(
      outcomes => printCase(name, outcomes),
      () => undefined,
    );
    measured.push(judged);
  }
  return async () => ({
    excluded,
    outcomes: (await Promise.all(measured)).flat(),
  });
}

function printCase(name: string, outcomes: readonly FileOutcome[]) {
  const count = (outcome: string) =>
    outcomes.filter(each => each.outcome === outcome).length;
  console.log(
    `${name}: ${outcomes.length} files, proved ${count(
      'proved',
    )}, unproved ${count('unproved')}, handed over ${count(
      'handed-over',
    )}, silent ${count('silent')}`,
  );
}

async function commitOf(folder: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', [
      '-C',
      folder,
      'rev-parse',
      '--short',
      'HEAD',
    ]);
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}

async function measureAll(
  projects: readonly Project[],
  source: string,
  out: string,
): Promise<Map<string, Measured>> {
  const lanes = new Lanes(
    Number(process.env.CORPUS_LANES) || os.availableParallelism(),
  );
  const resultOf = ({ name }: Project) => path.join(out, `${name}.result.json`);
  const kept = (project: Project) =>
    process.env.CORPUS_RESUME === 'yes' && existsSync(resultOf(project));
  const pending: Array<[Project, Promise<Measured>]> = [];
  for (const project of projects) {
    if (kept(project)) {
      pending.push([project, readJson<Measured>(resultOf(project))]);
      continue;
    }
    const finish = await measureProject(project, source, out, lanes);
    const saved = finish().then(async measured => {
      await writeFile(resultOf(project), JSON.stringify(measured));
      return measured;
    });
    saved.catch(() => undefined);
    pending.push([project, saved]);
  }
  const results = new Map<string, Measured>();
  for (const [{ name }, measured] of pending) {
    results.set(name, await measured);
  }
  return results;
}

/**
 * How much of public code the engine migrates, proves and hands over, and whether
 * anything is wrong. See `benchmarks/corpus/README.md`.
 */
export async function run(options: { quick: boolean }): Promise<object> {
  const started = performance.now();
  const source = setting('CORPUS_SOURCE');
  const out = setting('CORPUS_OUT');
  const wanted = process.env.CORPUS_PROJECTS?.split(',');
  const all = await readJson<Project[]>(
    path.join(__dirname, 'corpus', 'projects.json'),
  );
  const projects = all
    .filter(({ name }) => !wanted || wanted.includes(name))
    .map(project => (options.quick ? { ...project, tables: 1 } : project));
  await mkdir(out, { recursive: true });
  const commit = await commitOf(__dirname);
  const results = await measureAll(projects, source, out);
  const outcomes = [...results.values()].flatMap(each => each.outcomes);
  await writeFile(path.join(out, 'outcomes.json'), JSON.stringify(outcomes));
  await runPython('judge.py', [out]);
  const judgements = await readJson<Judgement[]>(
    path.join(out, 'judgements.json'),
  );
  const frameworks = summarize(outcomes, judgements);
  const report = printReport({
    commit,
    minutes: (performance.now() - started) / 60_000,
    lanes: os.availableParallelism(),
    frameworks,
    projects: projects.map(project => ({
      ...project,
      ...summarize(
        results.get(project.name)?.outcomes ?? [],
        judgements,
        () => project.name,
      )[project.name],
    })),
    excluded: [...results.values()].flatMap(each => each.excluded),
    judgements,
  });
  await writeFile(path.join(out, 'report.md'), report);
  console.log(report);
  if (process.env.CORPUS_REPORT) {
    const page = process.env.CORPUS_REPORT;
    const text = await readFile(page, 'utf8');
    await writeFile(page, replaceSection(text, 'corpus', report));
  }
  return { bench: 'corpus', frameworks };
}
