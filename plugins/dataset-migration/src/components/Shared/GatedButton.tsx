import Button, { ButtonProps } from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';

/** A button that, where it is disabled, says why or who may press it. */
export function GatedButton(
  props: Omit<ButtonProps, 'disabled'> & {
    /** Why it cannot be pressed; undefined when it can. */
    refusal?: string;
    busy?: boolean;
  },
) {
  const { refusal, busy, ...rest } = props;
  const button = <Button {...rest} disabled={Boolean(refusal) || busy} />;
  if (!refusal) {
    return button;
  }
  return (
    <Tooltip title={refusal}>
      <span tabIndex={0} role="note" aria-label={refusal}>
        {button}
      </span>
    </Tooltip>
  );
}
