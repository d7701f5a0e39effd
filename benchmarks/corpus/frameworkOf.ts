/** In what a file reads a dataset. */
export type Framework =
  | 'sql'
  | 'dbt'
  | 'dbt-yaml'
  | 'scala'
  | 'python'
  | 'other';

/** By path, and for SQL by whether the project is one of dbt. */
export function frameworkOf(path: string, isDbt: boolean): Framework {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'sql':
      return isDbt ? 'dbt' : 'sql';
    case 'scala':
      return 'scala';
    case 'py':
      return 'python';
    case 'yml':
    case 'yaml':
      return isDbt ? 'dbt-yaml' : 'other';
    default:
      return 'other';
  }
}
