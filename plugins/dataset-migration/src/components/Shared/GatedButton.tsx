import Button, { ButtonProps } from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';

/** A button that, where it cannot be pressed, says why or who may press it. */
export function GatedButton(
  props: Omit<ButtonProps, 'disabled'> & {
    /** Why it cannot be pressed; undefined when it can. */
    refusal?: string;
    busy?: boolean;
  },
) {
  const { refusal, busy, ...rest } = props;
  const stopped = Boolean(refusal) || busy;
  // Not `disabled`: then neither mouse nor keyboard could reach the reason.
  return (
    <Tooltip title={refusal ?? rest.title ?? ''}>
      <Button
        {...rest}
        title={undefined}
        aria-disabled={stopped}
        aria-description={refusal ?? rest.title}
        color={refusal ? 'default' : rest.color}
        disableRipple={stopped}
        style={
          stopped
            ? { ...rest.style, opacity: 0.5, cursor: 'not-allowed' }
            : rest.style
        }
        onClick={stopped ? undefined : rest.onClick}
      />
    </Tooltip>
  );
}
