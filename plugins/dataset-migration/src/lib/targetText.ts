import {
  Api,
  TARGET_BLOCKED,
  TARGET_OUTCOMES,
  TARGET_STATES,
} from 'backstage-plugin-dataset-migration-common';
import { Tone } from './progressSegments';

/** The state of a target in a word, in a sentence, and what its colour means. */
export interface TargetText {
  word: string;
  sentence: string;
  tone: Tone;
}

const NEEDS_PEOPLE = ['question', 'review', 'changes-requested', 'no-owner'];
const FAILING = ['checks-failing', 'conflict', 'halted', 'retry'];

/** What the list and the panel say about a target. */
export function targetText(target: Api.Target): TargetText {
  const sentence = sentenceOf(target);
  if (target.state === 'ended') {
    const word = (target.outcome ?? 'ended').replace(/-/g, ' ');
    return { word, sentence, tone: outcomeTone(target.outcome) };
  }
  return {
    word: target.blocked === 'question' ? 'question' : target.state,
    sentence,
    tone: stateTone(target),
  };
}

function sentenceOf(target: Api.Target): string {
  const state = target.state === 'ended' ? undefined : target.state;
  const parts = [
    lookUp(TARGET_BLOCKED, target.blocked) ??
      lookUp(TARGET_OUTCOMES, target.outcome) ??
      lookUp(TARGET_STATES, state),
    target.message,
  ];
  return parts.filter(Boolean).join(' ');
}

function stateTone(target: Api.Target): Tone {
  if (NEEDS_PEOPLE.includes(target.blocked ?? '')) {
    return 'needs-you';
  }
  if (FAILING.includes(target.blocked ?? '')) {
    return 'failing';
  }
  switch (target.state) {
    case 'simulated':
      return 'needs-you';
    case 'merged':
    case 'open':
      return 'good-faint';
    case 'simulating':
    case 'approved':
    case 'publishing':
      return 'moving';
    default:
      return 'quiet';
  }
}

function outcomeTone(outcome: string | undefined): Tone {
  switch (outcome) {
    case 'migrated':
      return 'good';
    case 'not-affected':
      return 'good-soft';
    case 'failed':
    case 'handed-over':
      return 'failing';
    default:
      return 'quiet';
  }
}

/** What a person should do next about this target; undefined when nothing. */
export function nextForPerson(target: Api.Target): string | undefined {
  if (target.blocked === 'question') {
    return 'Answer the open questions; the change is then made again.';
  }
  if (target.blocked === 'edited-by-people') {
    return 'Bring the pull request to its end by hand; the branch is yours.';
  }
  switch (target.state) {
    case 'simulated':
      return 'Look at the change and approve it, ask for changes or skip it.';
    case 'unresolved':
      return 'Give the entity its repository in the catalog, or skip it with a reason.';
    case 'open':
      return 'The owners review and merge the pull request.';
    case 'ended':
      return ['failed', 'handed-over', 'closed'].includes(target.outcome ?? '')
        ? 'Do it by hand, or try again.'
        : undefined;
    default:
      return undefined;
  }
}

/** Looks a sentence up in one of the state tables; unknown keys have none. */
export function lookUp(
  table: Record<string, string>,
  key: string | undefined,
): string | undefined {
  return key !== undefined && Object.hasOwn(table, key)
    ? table[key]
    : undefined;
}

/** The name to show for an entity reference: without the default kind and namespace. */
export function shortRef(ref: string): string {
  return ref.replace(/^[a-z]+:(default\/)?/, '');
}

/** What to call a target: its entity, else its repository, which may have no entity. */
export function targetName(target: Api.Target): string {
  if (target.consumer) return shortRef(target.consumer);
  const repository = target.repository?.split('/').slice(1).join('/');
  return repository ?? target.id;
}

/** True while a target may change without anybody doing something here. */
export function targetMoves(target: Api.Target): boolean {
  return !['ended', 'simulated', 'unresolved'].includes(target.state);
}
