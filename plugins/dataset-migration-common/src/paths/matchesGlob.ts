const cache = new Map<string, string[][]>();
const MAX_CACHE = 5_000;

/**
 * Whether a file belongs to a glob, both relative to the top of the repository.
 * `*` and `?` stay within one directory, `**` goes through any number of them,
 * `{a,b}` is a choice. A glob without wildcards is a file, or a directory with all
 * that is in it. Files that start with a dot are files like others.
 */
export function matchesGlob(path: string, glob: string): boolean {
  let globs = cache.get(glob);
  if (!globs) {
    globs = expandChoices(glob.replace(/^\.?\//, '').replace(/\/+$/, '')).map(
      toSteps,
    );
    if (cache.size >= MAX_CACHE) {
      cache.clear();
    }
    cache.set(glob, globs);
  }
  const steps = path.split('/');
  return globs.some(each =>
    matchesSequence(steps, each, step => step === '**', matchesStep),
  );
}

/** Whether a target owns a file: some path matches, or there are none, and no excluded one does. */
export function belongsToTarget(
  path: string,
  target: { paths: string[]; excludedPaths: string[] },
): boolean {
  return (
    (target.paths.length === 0 ||
      target.paths.some(glob => matchesGlob(path, glob))) &&
    !target.excludedPaths.some(glob => matchesGlob(path, glob))
  );
}

const MAX_CHOICES = 64;

/** Each choice becomes a glob of its own; one that has too many stays as it is. */
function expandChoices(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  for (const each of open) {
    const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(each);
    if (!match) {
      done.push(each);
      continue;
    }
    for (const choice of match[2].split(',')) {
      open.push(`${match[1]}${choice}${match[3]}`);
    }
    if (open.length > MAX_CHOICES) {
      return [glob];
    }
  }
  return done;
}

function toSteps(glob: string): string[] {
  const steps = glob.split('/').filter(step => step !== '' && step !== '.');
  // Without wildcards it names a file, or a directory with all that is in it.
  return /[*?]/.test(glob) ? steps : [...steps, '**'];
}

function matchesStep(step: string, pattern: string): boolean {
  return matchesSequence(
    [...step],
    [...pattern],
    character => character === '*',
    (character, wanted) => wanted === '?' || wanted === character,
  );
}

/**
 * Matches with going back to the last wildcard only, which is enough and takes at
 * most items × patterns steps; a regular expression would take exponential time on
 * globs of hostile origin.
 */
function matchesSequence(
  items: string[],
  patterns: string[],
  isWildcard: (pattern: string) => boolean,
  matches: (item: string, pattern: string) => boolean,
): boolean {
  let item = 0;
  let pattern = 0;
  let wildcard = -1;
  let resume = 0;
  while (item < items.length) {
    if (pattern < patterns.length && isWildcard(patterns[pattern])) {
      wildcard = pattern;
      resume = item;
      pattern += 1;
    } else if (
      pattern < patterns.length &&
      matches(items[item], patterns[pattern])
    ) {
      item += 1;
      pattern += 1;
    } else if (wildcard >= 0) {
      resume += 1;
      item = resume;
      pattern = wildcard + 1;
    } else {
      return false;
    }
  }
  return patterns.slice(pattern).every(isWildcard);
}
