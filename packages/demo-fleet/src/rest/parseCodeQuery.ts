/** A code search, taken apart. */
export interface CodeQuery {
  /** Every one must be in the file. */
  readonly terms: readonly string[];
  readonly repositories: readonly string[];
  readonly owners: readonly string[];
  readonly filenames: readonly string[];
  readonly extensions: readonly string[];
  readonly paths: readonly string[];
}

const LANGUAGES: Record<string, readonly string[]> = {
  sql: ['sql'],
  python: ['py'],
  scala: ['scala'],
  java: ['java'],
  yaml: ['yml', 'yaml'],
};

/** Reads the `q` of the legacy code search: words, "phrases" and qualifiers. */
export function parseCodeQuery(text: string): CodeQuery {
  const terms: string[] = [];
  const values = new Map<string, string[]>();
  for (const match of text.matchAll(
    /(?:(\w+):)?(?:"((?:[^"\\]|\\.)*)"|(\S+))/g,
  )) {
    const value = match[2]?.replace(/\\(.)/g, '$1') ?? match[3];
    const known = [
      'repo',
      'org',
      'user',
      'filename',
      'extension',
      'language',
      'path',
      'in',
    ].includes(match[1]);
    if (match[1] && known) {
      values.set(match[1], [...(values.get(match[1]) ?? []), value]);
    } else {
      terms.push(match[1] ? `${match[1]}:${value}` : value);
    }
  }
  const of = (name: string) => values.get(name) ?? [];
  const extensions = of('extension').map(name => name.replace(/^\./, ''));
  for (const language of of('language')) {
    extensions.push(...(LANGUAGES[language.toLowerCase()] ?? [language]));
  }
  return {
    terms,
    repositories: of('repo').map(name => name.toLowerCase()),
    owners: [...of('org'), ...of('user')].map(name => name.toLowerCase()),
    filenames: of('filename').map(name => name.toLowerCase()),
    extensions: extensions.map(name => name.toLowerCase()),
    paths: of('path').map(path => path.replace(/^\/|\/$/g, '')),
  };
}

/** Whether the file's name satisfies the qualifiers. */
export function matchesPath(query: CodeQuery, path: string): boolean {
  const name = (path.split('/').pop() ?? '').toLowerCase();
  const extension = name.split('.').pop() ?? '';
  return (
    query.filenames.every(part => name.includes(part)) &&
    (query.extensions.length === 0 || query.extensions.includes(extension)) &&
    query.paths.every(prefix => path.startsWith(prefix))
  );
}
