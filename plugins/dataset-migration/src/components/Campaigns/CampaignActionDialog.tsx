import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { CampaignAction } from '../../lib/campaignActions';
import { FailureNote } from '../Shared/FailureNote';
import { Field } from '../Shared/Field';

/** Says what an action does to how many migrations and consumers before it is done. */
export function CampaignActionDialog(props: {
  campaign: Api.Campaign;
  action: CampaignAction | undefined;
  busy: boolean;
  error?: Error;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const { action, campaign } = props;
  const [reason, setReason] = useState('');
  useEffect(() => setReason(''), [action]);
  const migrations = campaign.migrations.length;
  const mustSay = action?.id === 'cancel' || action?.id === 'roll-back';
  return (
    <Dialog
      open={action !== undefined}
      onClose={props.onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="campaign-action-title"
    >
      <DialogTitle id="campaign-action-title">
        {action?.label} {campaign.title}
      </DialogTitle>
      <DialogContent>
        <Typography paragraph>{action?.explanation}</Typography>
        <Typography paragraph style={{ fontVariantNumeric: 'tabular-nums' }}>
          This concerns {migrations}{' '}
          {migrations === 1 ? 'migration' : 'migrations'}
          {campaign.progress.total > 0 &&
            ` with ${campaign.progress.total} consumers`}
          .
        </Typography>
        <Field
          label={mustSay ? 'Why' : 'Why (optional)'}
          value={reason}
          onChange={event => setReason(event.target.value)}
          margin="dense"
          multiline
          minRows={2}
          fullWidth
          required={mustSay}
        />
        <FailureNote what={action?.label ?? 'The action'} error={props.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Leave it</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={props.busy || (mustSay && !reason.trim())}
          onClick={() => props.onConfirm(reason.trim())}
        >
          {action?.label}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
