import { Tone } from '../../lib/progressSegments';
import { StateChip } from '../Shared/StateChip';

const LOOKS: Record<string, { tone: Tone; title: string }> = {
  codemod: { tone: 'good', title: 'Rewritten by rule' },
  question: { tone: 'needs-you', title: 'Its owner is asked first' },
  agent: { tone: 'moving', title: 'An agent writes the change' },
  person: { tone: 'failing', title: 'Left for a person' },
};

/** Who or what changes a use. */
export function RouteChip(props: { route: string }) {
  const look = Object.hasOwn(LOOKS, props.route)
    ? LOOKS[props.route]
    : undefined;
  return (
    <StateChip
      word={props.route}
      tone={look?.tone ?? 'quiet'}
      title={look?.title}
    />
  );
}
