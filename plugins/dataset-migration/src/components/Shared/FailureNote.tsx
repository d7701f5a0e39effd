import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { errorText } from '../../lib/errorText';

/** An action that was refused: what failed, that nothing changed, and what to do. */
export function FailureNote(props: {
  /** What was tried, such as `Approve`. */
  what: string;
  error: Error | undefined;
  /** What to do now. */
  advice?: string;
  onRetry?: () => void;
}) {
  if (!props.error) {
    return null;
  }
  return (
    <Alert
      severity="error"
      variant="outlined"
      action={
        props.onRetry ? (
          <Button color="inherit" size="small" onClick={props.onRetry}>
            Try again
          </Button>
        ) : undefined
      }
    >
      <strong>{props.what} failed.</strong> {errorText(props.error)}{' '}
      {props.advice ?? 'Nothing was changed.'}
    </Alert>
  );
}
