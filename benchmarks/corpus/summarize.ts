import { FileOutcome } from './FileOutcome';

/** Verdict of the oracle on one migrated file. */
export interface Judgement {
  case: string;
  path: string;
  /** `agrees`, `disagrees` or `cannot-tell`. */
  verdict: string;
  how: string;
}

export interface FrameworkTotals {
  files: number;
  usesFound: number;
  questions: number;
  proved: number;
  unproved: number;
  handedOver: number;
  /** Changed, but contradicted by the engine's own proof. */
  failed: number;
  silent: number;
  /** Changed, though the text search does not find the dataset: not in `files`. */
  outside: number;
  wrong: number;
  migratedShare: number;
  provedShare: number;
  handedOverBy: Record<string, number>;
  unprovedBy: Record<string, number>;
}

function histogram(outcomes: readonly FileOutcome[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reasons } of outcomes) {
    for (const reason of reasons) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)),
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000;
}

/** Counts per framework, or per other group; `wrong` is what the oracle contradicts. */
export function summarize(
  outcomes: readonly FileOutcome[],
  judgements: readonly Judgement[],
  groupOf: (outcome: FileOutcome) => string = ({ framework }) => framework,
): Record<string, FrameworkTotals> {
  const key = (each: { case: string; path: string }) =>
    `${each.case} ${each.path}`;
  const disagreeing = new Set(
    judgements.filter(({ verdict }) => verdict === 'disagrees').map(key),
  );
  const groups = [...new Set(outcomes.map(groupOf))];
  return Object.fromEntries(
    groups.sort().map(group => {
      const all = outcomes.filter(each => groupOf(each) === group);
      const by = (outcome: FileOutcome['outcome']) =>
        all.filter(each => each.outcome === outcome);
      const [proved, unproved] = [by('proved'), by('unproved')];
      const inside = all.length - by('outside').length;
      return [
        group,
        {
          files: inside,
          usesFound: all.reduce((sum, { uses }) => sum + uses, 0),
          questions: all.reduce((sum, { questions }) => sum + questions, 0),
          proved: proved.length,
          unproved: unproved.length,
          handedOver: by('handed-over').length,
          failed: by('failed').length,
          silent: by('silent').length,
          outside: by('outside').length,
          wrong: all.filter(each => disagreeing.has(key(each))).length,
          migratedShare: share(proved.length + unproved.length, inside),
          provedShare: share(proved.length, inside),
          handedOverBy: histogram(by('handed-over')),
          unprovedBy: histogram([...unproved, ...by('failed')]),
        },
      ];
    }),
  );
}
