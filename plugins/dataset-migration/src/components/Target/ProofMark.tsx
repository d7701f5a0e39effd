import { VerdictIcon } from '../Evidence/VerdictIcon';

/** How far a change was proved, in a word. */
export function ProofMark(props: { rung?: string; proof?: string }) {
  if (!props.rung && (!props.proof || props.proof === 'not-run')) {
    return <>–</>;
  }
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 4,
        whiteSpace: 'nowrap',
      }}
    >
      {props.proof && <VerdictIcon verdict={props.proof} />}
      {props.rung ?? props.proof}
    </span>
  );
}
