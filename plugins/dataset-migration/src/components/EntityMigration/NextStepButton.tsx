import { GatedButton } from '../Shared/GatedButton';
import { MigrationAction } from '../../lib/migrationActions';
import { NextStep, ReviewStep } from '../../lib/nextSteps';

/** The one primary button. A review can always be looked at; who decides is said on it. */
export function NextStepButton(props: {
  step: NextStep;
  refusal?: string;
  onReview: (step: ReviewStep) => void;
  onAction: (action: MigrationAction) => void;
}) {
  const { step, refusal } = props;
  return step.kind === 'review' ? (
    <GatedButton
      variant="contained"
      color="primary"
      title={refusal ? `${step.effect} ${refusal}` : step.effect}
      onClick={() => props.onReview(step)}
    >
      {step.label}
    </GatedButton>
  ) : (
    <GatedButton
      variant="contained"
      color="primary"
      title={step.effect}
      refusal={refusal}
      onClick={() => props.onAction(step.action)}
    >
      {step.action.label}
    </GatedButton>
  );
}
