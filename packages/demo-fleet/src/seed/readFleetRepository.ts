import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { minimatch } from 'minimatch';
import { parse } from 'yaml';
import type { FleetCommit, FleetRepository } from './FleetRepository';
import { readFiles } from './readFiles';

/** `.history.yaml`, which says in which commits the files of the folder came to be. */
interface HistoryFile {
  archived?: boolean;
  commits: HistoryStep[];
  branches?: Record<string, HistoryStep[]>;
}

interface HistoryStep {
  author: string;
  date: string;
  message: string;
  /** Globs over the folder; `!` takes paths out again. */
  files?: string[];
  /** A folder whose files are written over those, for what a later commit changes. */
  overlay?: string;
}

function matches(path: string, globs: readonly string[]): boolean {
  const hit = (glob: string) => minimatch(path, glob, { dot: true });
  return (
    globs.some(glob => !glob.startsWith('!') && hit(glob)) &&
    !globs.some(glob => glob.startsWith('!') && hit(glob.slice(1)))
  );
}

async function toCommit(
  folder: string,
  content: Map<string, Buffer>,
  step: HistoryStep,
): Promise<FleetCommit> {
  const files = new Map<string, Buffer>();
  for (const [path, bytes] of content) {
    if (matches(path, step.files ?? [])) {
      files.set(path, bytes);
    }
  }
  if (step.overlay) {
    for (const [path, bytes] of await readFiles(join(folder, step.overlay))) {
      files.set(path, bytes);
    }
  }
  return {
    author: step.author,
    date: step.date,
    message: step.message,
    files,
  };
}

/** First paragraph below the title of a README. */
function describe(readme: Buffer | undefined): string {
  return readme?.toString('utf8').split('\n\n')[1]?.trim() ?? '';
}

/** Reads one folder of `fleet/`: its files and the history they came in. */
export async function readFleetRepository(
  folder: string,
): Promise<FleetRepository> {
  const history: HistoryFile = parse(
    await readFile(join(folder, '.history.yaml'), 'utf8'),
  );
  const content = await readFiles(folder, ['.history', '.history.yaml']);

  const commits: FleetCommit[] = [];
  for (const step of history.commits) {
    commits.push(await toCommit(folder, content, step));
  }
  const branches = new Map<string, FleetCommit[]>();
  for (const [name, steps] of Object.entries(history.branches ?? {})) {
    const branch: FleetCommit[] = [];
    for (const step of steps) {
      branch.push(await toCommit(folder, content, step));
    }
    branches.set(name, branch);
  }
  return {
    name: basename(folder),
    description: describe(content.get('README.md')),
    archived: history.archived ?? false,
    commits,
    branches,
  };
}
