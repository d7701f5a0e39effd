import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { FailureNote } from '../Shared/FailureNote';
import { Field } from '../Shared/Field';

/** Asks for the text that an action keeps on record. */
export function ReasonDialog(props: {
  open: boolean;
  title: string;
  message: string;
  label: string;
  confirm: string;
  busy: boolean;
  error?: Error;
  onClose: () => void;
  onConfirm: (text: string) => void;
}) {
  const [text, setText] = useState('');
  useEffect(() => {
    if (props.open) {
      setText('');
    }
  }, [props.open]);
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="reason-title"
    >
      <DialogTitle id="reason-title">
        {props.title.replace('…', '')}
      </DialogTitle>
      <DialogContent>
        <DialogContentText>{props.message}</DialogContentText>
        <Field
          label={props.label}
          value={text}
          onChange={event => setText(event.target.value)}
          multiline
          minRows={3}
          fullWidth
          required
        />
        <FailureNote what={props.confirm} error={props.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Leave it</Button>
        <Button
          color="primary"
          variant="contained"
          disabled={props.busy || !text.trim()}
          onClick={() => props.onConfirm(text.trim())}
        >
          {props.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
