import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useUrlState } from '../../hooks/useUrlState';

/** Says that the plan has errors and leads to their lines. */
export function DraftProblems(props: { migration: Api.Migration }) {
  const url = useUrlState();
  const { planErrors } = props.migration;
  return (
    <Box mb={2}>
      <Alert
        severity="error"
        variant="outlined"
        action={
          <Button
            color="inherit"
            size="small"
            onClick={() => url.set({ view: 'plan' })}
          >
            Show them
          </Button>
        }
      >
        The plan has {planErrors} {planErrors === 1 ? 'error' : 'errors'}. The
        migration starts once they are corrected; nothing was begun.
      </Alert>
    </Box>
  );
}
