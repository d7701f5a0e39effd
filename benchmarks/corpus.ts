import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadCase } from './corpus/loadCase';
import { FileOutcome, measureCase } from './corpus/measureCase';
import { readFiles } from './corpus/readFiles';
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

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}

async function measureProject(
  project: Project,
  source: string,
  out: string,
): Promise<FileOutcome[]> {
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
  const outcomes: FileOutcome[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const started = performance.now();
    const corpusCase = await loadCase(path.join(folder, name));
    const measured = await measureCase(corpusCase, files, project.dbt);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const count = (outcome: string) =>
      measured.filter(each => each.outcome === outcome).length;
    console.log(
      `${name}: ${measured.length} files, proved ${count(
        'proved',
      )}, unproved ${count('unproved')}, handed over ${count(
        'handed-over',
      )}, silent ${count('silent')} (${seconds} s)`,
    );
    outcomes.push(...measured);
  }
  return outcomes;
}

/**
 * How much of public code the engine migrates, proves and hands over, and whether
 * anything is wrong. See `benchmarks/corpus/README.md`.
 */
export async function run(options: { quick: boolean }): Promise<object> {
  const source = setting('CORPUS_SOURCE');
  const out = setting('CORPUS_OUT');
  const wanted = process.env.CORPUS_PROJECTS?.split(',');
  const projects = await readJson<Project[]>(
    path.join(__dirname, 'corpus', 'projects.json'),
  );
  const outcomes: FileOutcome[] = [];
  for (const project of projects) {
    if (!wanted || wanted.includes(project.name)) {
      const tables = options.quick ? 1 : project.tables;
      outcomes.push(
        ...(await measureProject({ ...project, tables }, source, out)),
      );
      await writeFile(
        path.join(out, 'outcomes.json'),
        JSON.stringify(outcomes),
      );
    }
  }
  await runPython('judge.py', [out]);
  const judgements = await readJson<Judgement[]>(
    path.join(out, 'judgements.json'),
  );
  const frameworks = summarize(outcomes, judgements);
  console.log(JSON.stringify(frameworks, undefined, 2));
  return { bench: 'corpus', frameworks };
}
