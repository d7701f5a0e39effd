import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import {
  Api,
  ROLLOUT_ERRORS,
  RolloutErrorKind,
} from 'backstage-plugin-dataset-migration-common';

/** What went wrong and is fixed: who failed alike runs again, nobody else. */
export function ChooseFailures(props: {
  failures: Api.FailureGroup[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { failures, chosen, onChange } = props;
  return (
    <FormGroup style={{ margin: '8px 0' }}>
      <FormLabel component="legend">Run again after a fix</FormLabel>
      {failures.map(({ signature, targets, rerun }) => (
        <FormControlLabel
          key={signature}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={chosen.includes(signature)}
              onChange={(_, checked) =>
                onChange(
                  checked
                    ? [...chosen, signature]
                    : chosen.filter(each => each !== signature),
                )
              }
            />
          }
          label={`${wordOf(signature)} (${rerun} of ${targets})`}
        />
      ))}
    </FormGroup>
  );
}

function wordOf(signature: string): string {
  return Object.hasOwn(ROLLOUT_ERRORS, signature)
    ? ROLLOUT_ERRORS[signature as RolloutErrorKind]
    : signature;
}
