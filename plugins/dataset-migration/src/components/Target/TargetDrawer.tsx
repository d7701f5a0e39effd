import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { TargetPanel } from './TargetPanel';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(1100px, 94vw)',
    padding: theme.spacing(2.5, 3),
    fontFamily: theme.typography.fontFamily,
    backgroundColor: theme.palette.background.default,
  },
  close: {
    position: 'absolute',
    top: theme.spacing(1),
    right: theme.spacing(1),
  },
}));

/** A target beside the list it was opened from. */
export function TargetDrawer(props: {
  targetId: string | undefined;
  onClose: () => void;
  onChanged: () => void;
}) {
  const classes = useStyles();
  return (
    <Drawer
      anchor="right"
      open={props.targetId !== undefined}
      onClose={props.onClose}
      classes={{ paper: classes.paper }}
      PaperProps={{ role: 'dialog', 'aria-label': 'Target' }}
    >
      <IconButton
        className={classes.close}
        onClick={props.onClose}
        aria-label="Close the target"
      >
        <CloseIcon />
      </IconButton>
      {props.targetId && (
        <TargetPanel
          key={props.targetId}
          targetId={props.targetId}
          onChanged={props.onChanged}
        />
      )}
    </Drawer>
  );
}
