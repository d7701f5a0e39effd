import {
  Evidence,
  Rung,
  RUNGS,
} from 'backstage-plugin-dataset-migration-common';

/** How far a change was proved, and by whom. */
export interface Proved {
  evidence: Evidence[];
  rung?: Rung;
}

/**
 * In what the verifiers judge a change worse than before, as a sentence for people; undefined
 * where they judge it the same or better.
 */
export function worseThan(before: Proved, now: Proved): string | undefined {
  const failed = now.evidence.find(each => each.verdict === 'failed');
  if (failed) return `${failed.verifier} failed: ${failed.summary}`;
  if (rank(now) < rank(before)) {
    return `It was proved as far as "${before.rung}" before, now ${
      now.rung ? `only "${now.rung}"` : 'it is unverified'
    }.`;
  }
  const passing = countPassed(now);
  for (const [name, count] of countPassed(before)) {
    if ((passing.get(name) ?? 0) < count) {
      const [verifier] = name.split('\n');
      const instead = now.evidence.find(
        each => nameOf(each) === name && each.verdict !== 'passed',
      );
      const why = instead?.reason ? ` (${instead.reason})` : '';
      return `${verifier} passed before, now it is ${
        instead?.verdict ?? 'missing'
      }${why}.`;
    }
  }
  return undefined;
}

function rank({ rung }: Proved): number {
  return rung ? RUNGS.indexOf(rung) : -1;
}

function nameOf({ verifier, rung }: Evidence): string {
  return `${verifier}\n${rung ?? ''}`;
}

function countPassed({ evidence }: Proved): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of evidence) {
    if (each.verdict !== 'passed') continue;
    const name = nameOf(each);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
