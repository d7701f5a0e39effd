import { DatasetNames } from 'backstage-plugin-dataset-migration-common';

function pathOf(name: string): string[] {
  return name.toLowerCase().replace(/[`"]/g, '').split('.');
}

/** Shared trailing parts, or 0 unless one path ends with the whole other. */
function overlap(a: string[], b: string[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 1; index <= length; index++) {
    if (a[a.length - index] !== b[b.length - index]) return 0;
  }
  return length;
}

function patternMatches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[`"]/g, '')
    .split(/\$\{\w+\}/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+?');
  return new RegExp(`^(.*\\.)?${source}$`, 'i').test(name);
}

/** How well a reference fits a table name; 0 is no fit. */
export function tableNameFit(parts: string[], name: string): number {
  const wanted = pathOf(name);
  const given = parts.map(part => part.toLowerCase());
  const shared = overlap(given, wanted);
  return shared && given.length === wanted.length ? shared + 1 : shared;
}

/** How well a reference fits one version of a dataset; 0 is no fit. */
export function datasetFit(parts: string[], names: DatasetNames): number {
  const name = parts.join('.');
  return Math.max(
    0,
    ...names.tables.map(table => tableNameFit(parts, table)),
    ...names.dbtSources.map(source => tableNameFit(parts, source.join('.'))),
    ...names.dbtRefs.map(ref => tableNameFit(parts, ref)),
    ...names.patterns.map(pattern => (patternMatches(pattern, name) ? 5 : 0)),
  );
}
