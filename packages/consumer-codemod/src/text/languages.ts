import { Reason } from '../reasons';

export interface Language {
  reason: Reason;
  /** Matches comments, which are not uses. */
  comments?: RegExp;
}

const HASH = /(?<!["'\w])#[^\n]*/g;
const SLASHES = /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g;

const BY_EXTENSION: Record<string, Language> = {
  java: { reason: 'JAVA_NOT_SUPPORTED', comments: SLASHES },
  kt: { reason: 'JAVA_NOT_SUPPORTED', comments: SLASHES },
  sh: { reason: 'SHELL_NOT_SUPPORTED', comments: HASH },
  bash: { reason: 'SHELL_NOT_SUPPORTED', comments: HASH },
  yaml: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  yml: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  toml: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  ini: { reason: 'CONFIG_NOT_SUPPORTED', comments: /^\s*[#;][^\n]*/gm },
  cfg: { reason: 'CONFIG_NOT_SUPPORTED', comments: /^\s*[#;][^\n]*/gm },
  conf: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  hocon: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  properties: { reason: 'CONFIG_NOT_SUPPORTED', comments: /^\s*[#!][^\n]*/gm },
  env: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
  json: { reason: 'CONFIG_NOT_SUPPORTED' },
  tf: { reason: 'CONFIG_NOT_SUPPORTED', comments: HASH },
};

/** Prose mentions a dataset without reading it. */
const PROSE =
  /(^|\/)(readme|changelog|license|codeowners|notice)[^/]*$|\.(md|mdx|markdown|txt|rst|adoc|csv|tsv|svg|lock)$/i;
/** What a catalog says of a repository is no use of the dataset. */
const METADATA = /(^|\/)(catalog-info\.ya?ml|package-lock\.json|\.git\/.*)$/;

/** How a file that is not SQL is looked at, or nothing if it cannot be a use. */
export function languageOf(path: string): Language | undefined {
  if (PROSE.test(path) || METADATA.test(path)) {
    return undefined;
  }
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return (
    BY_EXTENSION[extension] ?? {
      reason: 'LANGUAGE_NOT_SUPPORTED',
      comments: /(?:^|\s)(?:#|\/\/|--)[^\n]*/g,
    }
  );
}

export function isSql(path: string): boolean {
  return /\.(sql|bqsql|sqlx)$/i.test(path);
}
