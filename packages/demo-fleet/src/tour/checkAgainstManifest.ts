import { Api } from 'backstage-plugin-dataset-migration-common';
import { ManifestTarget } from '../seed/DemoManifest';

/** Every way in which simulated targets differ from what the manifest says is right. */
export async function checkAgainstManifest(
  targets: Api.Target[],
  expected: ManifestTarget[],
  detailOf: (targetId: string) => Promise<Api.TargetDetail>,
): Promise<string[]> {
  const problems: string[] = [];
  const left = new Set(targets);
  for (const each of expected) {
    const target = targets.find(found => isFor(found, each));
    if (!target) {
      problems.push(`${nameOf(each)}: not found`);
      continue;
    }
    left.delete(target);
    const outcome = outcomeOf(target);
    if (outcome !== each.outcome) {
      problems.push(
        `${nameOf(each)}: ${outcome} (${
          target.reason ?? target.blocked ?? ''
        } ${target.message ?? ''}) instead of ${each.outcome}`,
      );
      continue;
    }
    problems.push(...(await checkDetail(each, target, detailOf)));
  }
  for (const extra of left) {
    problems.push(`${extra.consumer ?? extra.repository}: not in the manifest`);
  }
  return problems;
}

async function checkDetail(
  expected: ManifestTarget,
  target: Api.Target,
  detailOf: (targetId: string) => Promise<Api.TargetDetail>,
): Promise<string[]> {
  if (!expected.proof && expected.reasons.length === 0) return [];
  const { change } = await detailOf(target.id);
  const problems: string[] = [];
  const reasons = new Set([
    target.reason,
    ...(change?.findings ?? []).map(finding => finding.reason),
  ]);
  for (const reason of expected.reasons) {
    if (!reasons.has(reason)) {
      problems.push(
        `${nameOf(expected)}: ${reason} is not among ${[...reasons].join(
          ', ',
        )}`,
      );
    }
  }
  if (expected.proof) {
    const proof = change?.evidence.find(each => each.rung === 'equivalent');
    const empty = proof?.proof?.cases.filter(each => each.outputRows === 0);
    if (proof?.verdict !== 'passed' || empty?.length) {
      problems.push(
        `${nameOf(expected)}: not proved, ${proof?.verdict} ${
          proof?.reason ?? ''
        } ${proof?.summary ?? ''}`,
      );
    }
  }
  return problems;
}

function isFor(target: Api.Target, expected: ManifestTarget): boolean {
  return expected.consumer
    ? target.consumer === expected.consumer
    : !target.consumer &&
        target.repository?.split('/').at(-1) === expected.repository;
}

function outcomeOf(target: Api.Target): string {
  if (target.state === 'ended') return target.outcome ?? 'ended';
  if (target.state !== 'simulated') return target.state;
  switch (target.blocked) {
    case 'question':
    case 'no-owner':
      return target.blocked;
    default:
      // Reviewed, merged and scanned again, it will be.
      return 'migrated';
  }
}

function nameOf(expected: ManifestTarget): string {
  return expected.consumer ?? expected.repository;
}
