import { GatedButton } from '../Shared/GatedButton';
import { NextStep } from '../../lib/nextSteps';

/** The one primary button. A review can always be looked at; who decides is said on it. */
export function NextStepButton(props: {
  step: NextStep;
  refusal?: string;
  onReview: () => void;
  onAction: () => void;
}) {
  const { step, refusal } = props;
  return step.kind === 'review' ? (
    <GatedButton
      variant="contained"
      color="primary"
      title={refusal ? `${step.effect} ${refusal}` : step.effect}
      onClick={props.onReview}
    >
      {step.label}
    </GatedButton>
  ) : (
    <GatedButton
      variant="contained"
      color="primary"
      title={step.effect}
      refusal={refusal}
      onClick={props.onAction}
    >
      {step.action.label}
    </GatedButton>
  );
}
