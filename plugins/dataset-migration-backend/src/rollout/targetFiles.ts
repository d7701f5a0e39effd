import { minimatch } from 'minimatch';
import { TargetRecord } from '../database/records';

/** Whether a file belongs to the target: inside its paths, outside of what others own. */
export function ownsFile(
  target: Pick<TargetRecord, 'paths' | 'excludedPaths'>,
  path: string,
): boolean {
  const matches = (pattern: string) => matchesPath(pattern, path);
  return (
    (target.paths.length === 0 || target.paths.some(matches)) &&
    !target.excludedPaths.some(matches)
  );
}

/** A pattern without wildcards means the file of that name, or everything below that folder. */
function matchesPath(pattern: string, path: string): boolean {
  const clean = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  if (clean === '' || clean === '.') return true;
  const options = { dot: true, nonegate: true, nocomment: true };
  return (
    minimatch(path, clean, options) || minimatch(path, `${clean}/**`, options)
  );
}
