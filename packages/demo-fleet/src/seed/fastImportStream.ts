import type { FleetCommit, FleetRepository } from './FleetRepository';

function data(bytes: Buffer): Buffer[] {
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

/**
 * The history of a repository in the format of `git fast-import`. The same repository gives the
 * same commit ids on every machine.
 */
export function fastImportStream(repository: FleetRepository): Buffer {
  const parts: Buffer[] = [];
  let mark = 0;

  function commit(ref: string, step: FleetCommit, parent: number): number {
    mark += 1;
    const when = `${Math.floor(Date.parse(step.date) / 1000)} +0000`;
    parts.push(
      Buffer.from(
        `commit ${ref}\nmark :${mark}\nauthor ${step.author} ${when}\ncommitter ${step.author} ${when}\n`,
      ),
      ...data(Buffer.from(`${step.message}\n`)),
    );
    if (parent > 0) {
      parts.push(Buffer.from(`from :${parent}\n`));
    }
    for (const [path, bytes] of step.files) {
      parts.push(Buffer.from(`M 100644 inline ${path}\n`), ...data(bytes));
    }
    parts.push(Buffer.from('\n'));
    return mark;
  }

  let head = 0;
  for (const step of repository.commits) {
    head = commit('refs/heads/main', step, head);
  }
  for (const [name, steps] of repository.branches) {
    let tip = head;
    for (const step of steps) {
      tip = commit(`refs/heads/${name}`, step, tip);
    }
  }
  parts.push(Buffer.from('done\n'));
  return Buffer.concat(parts);
}
