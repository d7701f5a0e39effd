import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Grid from '@material-ui/core/Grid';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { PlanChecker } from './PlanChecker';
import { PlanEditor } from './PlanEditor';
import { Field } from '../Shared/Field';

interface PlanDialogProps {
  open: boolean;
  title: string;
  confirm: string;
  dataset: string;
  /** The text to begin with. */
  text?: string;
  refusal?: string;
  onClose: () => void;
  onSubmit: (plan: Api.PlanSource) => Promise<void>;
}

/** Takes a plan as text or address, with its problems beside it while it is written. */
export function PlanDialog(props: PlanDialogProps) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      maxWidth="lg"
      fullWidth
      aria-labelledby="plan-title"
    >
      <DialogTitle id="plan-title">{props.title}</DialogTitle>
      <PlanForm {...props} />
    </Dialog>
  );
}

/** Mounted anew for each opening, so that it begins with the given text and keeps what is typed. */
function PlanForm(props: PlanDialogProps) {
  const [from, setFrom] = useState<'text' | 'url'>('text');
  const [text, setText] = useState(props.text ?? '');
  const [url, setUrl] = useState('');
  const submit = useAction(props.onSubmit);
  const plan: Api.PlanSource =
    from === 'text' ? { from, text } : { from, url: url.trim() };
  const empty = from === 'text' ? !text.trim() : !url.trim();
  return (
    <>
      <DialogContent>
        <Tabs
          value={from}
          onChange={(_, value: 'text' | 'url') => setFrom(value)}
          indicatorColor="primary"
          aria-label="Where the plan comes from"
        >
          <Tab value="text" label="Text" />
          <Tab value="url" label="Address" />
        </Tabs>
        <Grid container spacing={2} style={{ marginTop: 8 }}>
          <Grid item xs={12} md={from === 'text' ? 8 : 12}>
            {from === 'text' ? (
              <PlanEditor text={text} onChange={setText} />
            ) : (
              <Field
                label="Address of the plan file"
                value={url}
                onChange={event => setUrl(event.target.value)}
                fullWidth
              />
            )}
          </Grid>
          <Grid item xs={12} md={from === 'text' ? 4 : 12}>
            <PlanChecker
              dataset={props.dataset}
              plan={empty ? undefined : plan}
            />
          </Grid>
        </Grid>
        <FailureNote what={props.confirm} error={submit.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Leave it</Button>
        <GatedButton
          color="primary"
          variant="contained"
          refusal={props.refusal ?? (empty ? 'Give a plan first.' : undefined)}
          busy={submit.busy}
          onClick={() => submit.run(plan)}
        >
          {props.confirm}
        </GatedButton>
      </DialogActions>
    </>
  );
}
