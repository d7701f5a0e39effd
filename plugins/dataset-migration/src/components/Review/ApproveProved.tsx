import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useApproveMany } from '../../hooks/useApproveMany';
import { errorText } from '../../lib/errorText';
import { provedTargets } from '../../lib/reviewOrder';
import { targetName } from '../../lib/targetText';

/** Approves every proved change of the list, one after the other, and says which were refused. */
export function ApproveProved(props: {
  targets: Api.Target[];
  onChanged: () => Promise<void> | void;
}) {
  const [held, setHeld] = useState<Api.Target[]>();
  const many = useApproveMany();
  const proved = provedTargets(props.targets);
  const chosen = held ?? [];
  if (!held && proved.length < 2) {
    return null;
  }
  const finished = many.done > 0 && many.done === chosen.length;
  const close = async () => {
    setHeld(undefined);
    if (many.done > 0) {
      await props.onChanged();
    }
    many.reset();
  };
  return (
    <Box mb={1}>
      <Button
        fullWidth
        variant="outlined"
        onClick={() => setHeld(proved)}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        Approve {proved.length} proved…
      </Button>
      <Dialog
        open={held !== undefined}
        onClose={many.busy ? undefined : close}
        maxWidth="sm"
        fullWidth
        aria-labelledby="approve-title"
      >
        <DialogTitle id="approve-title">
          Approve {chosen.length} proved changes
        </DialogTitle>
        <DialogContent style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Typography paragraph>
            Approves the changes of {chosen.length} consumers that were proved
            equivalent, in{' '}
            {new Set(chosen.map(target => target.repository)).size}{' '}
            repositories. No pull request is opened by this.
          </Typography>
          {(many.busy || finished) && (
            <LinearProgress
              variant="determinate"
              value={(100 * many.done) / chosen.length}
              aria-label="Approved changes"
            />
          )}
          <Typography variant="body2" aria-live="polite">
            {many.done > 0 &&
              `${many.done - many.refused.length} approved, ${
                many.refused.length
              } refused, of ${chosen.length}`}
          </Typography>
          <ul>
            {many.refused.map(({ target, error }) => (
              <li key={target.id}>
                {targetName(target)}: {errorText(error)}
              </li>
            ))}
          </ul>
        </DialogContent>
        <DialogActions>
          <Button onClick={close} disabled={many.busy}>
            {finished ? 'Close' : 'Leave it'}
          </Button>
          {!finished && (
            <Button
              color="primary"
              variant="contained"
              disabled={many.busy}
              onClick={() => many.run(chosen)}
            >
              Approve {chosen.length}
            </Button>
          )}
        </DialogActions>
      </Dialog>
    </Box>
  );
}
