import { useEffect, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { FailureNote } from '../Shared/FailureNote';
import { ProblemList } from '../Shared/ProblemList';

/** Typing rests this long before the plan is checked. */
const REST = 600;

/** Says what is wrong with a plan, with line numbers. Checking changes nothing. */
export function PlanChecker(props: {
  dataset: string;
  plan: Api.PlanSource | undefined;
}) {
  const api = useMigrationApi();
  const wanted = props.plan && JSON.stringify(props.plan);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), REST);
    return () => clearTimeout(timer);
  }, [wanted]);
  const check = usePolled({
    key: settled && `check ${props.dataset} ${settled}`,
    load: signal =>
      api.checkPlan(
        {
          body: {
            dataset: props.dataset,
            plan: JSON.parse(settled ?? '{}') as Api.PlanSource,
          },
        },
        { signal },
      ),
  });
  return (
    <div aria-live="polite">
      <Typography variant="subtitle2" gutterBottom>
        {summary(wanted, settled, check.value)}
      </Typography>
      <FailureNote
        what="Checking the plan"
        error={wanted ? check.error : undefined}
        onRetry={check.reload}
      />
      {wanted && check.value && <ProblemList problems={check.value.problems} />}
    </div>
  );
}

function summary(
  wanted: string | undefined,
  settled: string | undefined,
  check: Api.PlanCheck | undefined,
): string {
  if (!wanted) {
    return 'Problems are shown here while you write.';
  }
  if (wanted !== settled || !check) {
    return 'Checking…';
  }
  const errors = check.problems.filter(
    each => each.severity === 'error',
  ).length;
  if (check.valid) {
    return `The plan is valid and maps ${check.fields.length} fields.`;
  }
  return `${errors} ${
    errors === 1 ? 'error' : 'errors'
  }: a draft can be made, but not started.`;
}
