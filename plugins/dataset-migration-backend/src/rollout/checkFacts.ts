import { RolloutFacts } from 'backstage-plugin-dataset-migration-common';
import { CheckSummary } from '../forge/CheckSummary';

/**
 * What is on record when the checks of a pull request have come to an end: an error of the
 * rollout only where one fails that passed on the base. The same object where nothing is new.
 */
export function checkFacts(
  facts: RolloutFacts | undefined,
  checks: CheckSummary,
  onBase: CheckSummary | undefined,
): RolloutFacts | undefined {
  const { failing, pending, passed } = checks;
  if (isKnown(facts?.checks, checks)) return facts;
  if (failing.length > 0) {
    if (!onBase) return facts;
    const at = Date.now();
    return {
      ...facts,
      checks: {
        at,
        result: 'failed',
        onBase: resultOnBase(failing, onBase),
        failing: namesOf(failing),
      },
    };
  }
  if (pending.length > 0 || passed.length === 0) return facts;
  return {
    ...facts,
    checks: {
      at: Date.now(),
      result: 'passed',
      onBase: 'unknown',
      failing: [],
    },
  };
}

/** Whether the record says the same already, about the same checks. */
export function isKnown(
  known: RolloutFacts['checks'],
  { failing, pending, passed }: CheckSummary,
): boolean {
  if (failing.length > 0) {
    return (
      known?.result === 'failed' &&
      known.failing.join('\n') === namesOf(failing).join('\n')
    );
  }
  if (pending.length > 0 || passed.length === 0) return true;
  return known?.result === 'passed';
}

function resultOnBase(
  failing: string[],
  onBase: CheckSummary,
): 'passed' | 'failed' | 'unknown' {
  if (failing.some(each => onBase.passed.includes(each))) return 'passed';
  return failing.every(each => onBase.failing.includes(each))
    ? 'failed'
    : 'unknown';
}

function namesOf(checks: string[]): string[] {
  return [...new Set(checks.map(each => each.slice(0, 200)))]
    .sort()
    .slice(0, 50);
}
