/** In what a file reads a dataset. */
export type Framework =
  | 'sql'
  | 'dbt'
  | 'dbt-yaml'
  | 'scala'
  | 'python'
  | 'notebook'
  | 'config'
  | 'java'
  | 'other';

const BY_EXTENSION: ReadonlyArray<[RegExp, Framework]> = [
  [/\.sql$/i, 'sql'],
  [/\.scala$/i, 'scala'],
  [/\.py$/i, 'python'],
  [/\.ipynb$/i, 'notebook'],
  [/\.java$/i, 'java'],
  [/\.(ya?ml|json|conf|toml)$/i, 'config'],
];

/** By path, and for SQL and YAML by whether the project is one of dbt. */
export function frameworkOf(path: string, isDbt: boolean): Framework {
  const found = BY_EXTENSION.find(([pattern]) => pattern.test(path))?.[1];
  if (isDbt && found === 'sql') {
    return 'dbt';
  }
  return isDbt && /\.ya?ml$/i.test(path) ? 'dbt-yaml' : found ?? 'other';
}
