import { FileResult } from './FileResult';
import { findingFor } from './findingFor';

/**
 * The files that change together with others. Where two files would each change the
 * same third one, or one that has a result of its own, neither group is changed:
 * the result loses its text, and says so.
 */
export function joinResults(results: FileResult[]): FileResult[] {
  const owners = new Map<string, number>();
  for (const { path, after, lost, together = [] } of results) {
    for (const changed of [
      ...(after === undefined && !lost ? [] : [path]),
      ...together.map(other => other.path),
    ]) {
      owners.set(changed, (owners.get(changed) ?? 0) + 1);
    }
  }
  const joined: FileResult[] = [];
  for (const [index, result] of results.entries()) {
    const { together = [] } = result;
    const changed = [result.path, ...together.map(({ path }) => path)];
    if (together.length === 0) {
      continue;
    }
    if (changed.every(path => owners.get(path) === 1)) {
      joined.push(...together);
      continue;
    }
    const { path, uses } = result;
    results[index] = {
      path,
      statements: [],
      uses: uses.map(use => ({ ...use, route: 'person' as const })),
      findings: uses
        .slice(0, 1)
        .map(({ place }) => findingFor('SCALA_CONSTANT_SHARED', place)),
    };
  }
  return joined;
}
