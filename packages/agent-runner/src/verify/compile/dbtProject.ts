import { isMap, isScalar, isSeq, YAMLMap } from 'yaml';
import { VerifierContext } from '../Verifier';
import { readYaml } from './readYaml';

/** What a dbt project declares, read from its files without running any of it. */
export interface DbtProject {
  /** Names that `ref` finds: models, seeds and snapshots. */
  refs: Set<string>;
  /** `source.table` of each declaration, with the files that declare it. */
  sources: Map<string, string[]>;
  /** Other projects may declare more: `packages.yml`, `dependencies.yml`. */
  hasPackages: boolean;
  /** A name is made by a template, so that not all names are known. */
  hasTemplatedNames: boolean;
}

type TextFile = VerifierContext['filesAfter'][number];

const MAX_YAML_BYTES = 1_000_000;
/** What was read of each list of files: every changed file of a project asks again. */
const roots = new WeakMap<TextFile[], string[]>();
const projects = new WeakMap<TextFile[], Map<string, DbtProject>>();

/** The directory of the dbt project that a file is in, with a slash; undefined outside. */
export function dbtRoot(path: string, files: TextFile[]): string | undefined {
  let all = roots.get(files);
  if (!all) {
    all = files
      .flatMap(each => {
        const found = /^(.*\/)?dbt_project\.ya?ml$/i.exec(each.path);
        return found ? [found[1] ?? ''] : [];
      })
      .sort((a, b) => b.length - a.length);
    roots.set(files, all);
  }
  return all.find(root => path.startsWith(root));
}

/** What the project in a directory declares. */
export function dbtProject(root: string, files: TextFile[]): DbtProject {
  const known = projects.get(files) ?? new Map<string, DbtProject>();
  projects.set(files, known);
  const project = known.get(root) ?? readProject(root, files);
  known.set(root, project);
  return project;
}

function readProject(root: string, files: TextFile[]): DbtProject {
  const project: DbtProject = {
    refs: new Set(),
    sources: new Map(),
    hasPackages: false,
    hasTemplatedNames: false,
  };
  for (const { path, content } of files) {
    if (!path.startsWith(root)) {
      continue;
    }
    const own = path.slice(root.length);
    const name = own.slice(own.lastIndexOf('/') + 1);
    project.hasPackages ||= /^(?:packages|dependencies)\.ya?ml$/i.test(own);
    if (/\.(?:sql|py|csv)$/i.test(name)) {
      project.refs.add(name.replace(/\.\w+$/, ''));
    }
    if (/\.sql$/i.test(name)) {
      for (const found of content
        .toString('utf8')
        .matchAll(/\{%-?\s*snapshot\s+(\w+)/g)) {
        project.refs.add(found[1]);
      }
    }
    if (/\.ya?ml$/i.test(name) && content.length < MAX_YAML_BYTES) {
      readDeclarations(path, content.toString('utf8'), project);
    }
  }
  return project;
}

function readDeclarations(path: string, text: string, project: DbtProject) {
  const contents = readYaml(text);
  if (!contents) {
    return;
  }
  for (const key of ['models', 'seeds', 'snapshots']) {
    for (const entry of maps(contents, key)) {
      const name = nameOf(entry, project);
      if (name !== undefined) {
        project.refs.add(name);
      }
    }
  }
  for (const source of maps(contents, 'sources')) {
    const name = nameOf(source, project);
    for (const table of maps(source, 'tables')) {
      const key = `${name}.${nameOf(table, project)}`;
      project.sources.set(key, [...(project.sources.get(key) ?? []), path]);
    }
  }
}

function maps(map: YAMLMap, key: string): YAMLMap[] {
  const list = map.get(key, true);
  return isSeq(list) ? list.items.filter(isMap) : [];
}

function nameOf(map: YAMLMap, project: DbtProject): string | undefined {
  const name = map.get('name', true);
  if (!isScalar(name) || name.value === null) {
    return undefined;
  }
  project.hasTemplatedNames ||= String(name.value).includes('{{');
  return String(name.value);
}
