import { Finding } from 'backstage-plugin-dataset-migration-common';

/** One finding per reason, field and place: branches repeat them. */
export function uniqueFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const { place } = finding;
    const key = `${finding.reason} ${finding.field} ${place?.line}:${place?.column}`;
    seen.set(key, seen.get(key) ?? finding);
  }
  return [...seen.values()];
}
