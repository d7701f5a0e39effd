import { Api } from 'backstage-plugin-dataset-migration-common';

/** What a colour stands for; the theme decides which colour it is. */
export type Tone =
  | 'good'
  | 'good-soft'
  | 'good-faint'
  | 'moving'
  | 'needs-you'
  | 'failing'
  | 'quiet'
  | 'waiting';

/** One part of the stacked bar, with the filter that lists its targets. */
export interface ProgressSegment {
  label: string;
  count: number;
  tone: Tone;
  filter: { state?: string[]; outcome?: string[]; blocked?: string[] };
}

interface SegmentRule extends Omit<ProgressSegment, 'count'> {
  takes(count: Api.TargetCount): boolean;
}

/** In the order of the bar: what is done first, what nobody began last. The first rule that takes a count has it. */
const RULES: SegmentRule[] = [
  ended('migrated', ['migrated'], 'good'),
  ended('not affected', ['not-affected'], 'good-soft'),
  at('merged', ['merged'], 'good-soft'),
  at('open', ['open'], 'good-faint'),
  at('approved', ['approved', 'publishing'], 'moving'),
  {
    label: 'questions',
    tone: 'needs-you',
    filter: { blocked: ['question'] },
    takes: count => count.blocked === 'question',
  },
  at('to review', ['simulated'], 'needs-you'),
  at('simulating', ['simulating'], 'moving'),
  at('reverting', ['reverting'], 'quiet'),
  ended('failed', ['failed'], 'failing'),
  ended('for a person', ['handed-over'], 'failing'),
  ended('stopped', ['skipped', 'closed', 'rolled-back', 'cancelled'], 'quiet'),
  at('to do', ['pending', 'unresolved'], 'waiting'),
];

function at(label: string, states: string[], tone: Tone): SegmentRule {
  return {
    label,
    tone,
    filter: { state: states },
    takes: count => states.includes(count.state),
  };
}

function ended(label: string, outcomes: string[], tone: Tone): SegmentRule {
  return {
    label,
    tone,
    filter: { state: ['ended'], outcome: outcomes },
    takes: count =>
      count.state === 'ended' && outcomes.includes(count.outcome ?? ''),
  };
}

/** The parts of the bar that are not empty. */
export function progressSegments(counts: Api.TargetCount[]): ProgressSegment[] {
  const totals = new Map<SegmentRule, number>();
  for (const count of counts) {
    const rule = RULES.find(each => each.takes(count));
    if (rule) {
      totals.set(rule, (totals.get(rule) ?? 0) + count.count);
    }
  }
  return RULES.flatMap(rule => {
    const count = totals.get(rule) ?? 0;
    const { label, tone, filter } = rule;
    return count > 0 ? [{ label, count, tone, filter }] : [];
  });
}

/** Targets that wait for a review, and those that wait for an answer. */
export function waitingForPeople(counts: Api.TargetCount[]): {
  reviews: number;
  questions: number;
} {
  let reviews = 0;
  let questions = 0;
  for (const count of counts) {
    if (count.blocked === 'question') {
      questions += count.count;
    } else if (count.state === 'simulated') {
      reviews += count.count;
    }
  }
  return { reviews, questions };
}
