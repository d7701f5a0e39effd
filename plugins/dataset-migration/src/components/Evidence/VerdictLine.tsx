import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import HelpIcon from '@material-ui/icons/HelpOutline';
import RemoveIcon from '@material-ui/icons/Remove';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTones } from '../Shared/useTones';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'grid',
    gridTemplateColumns: '24px 11em 1fr',
    gap: theme.spacing(1),
    alignItems: 'start',
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
}));

/** One verifier's verdict, with its reason; without evidence nobody looked. */
export function VerdictLine(props: { title: string; evidence?: Api.Evidence }) {
  const classes = useStyles();
  const { evidence } = props;
  const verdict = evidence?.verdict ?? 'not-run';
  return (
    <div className={classes.line}>
      <VerdictIcon verdict={verdict} />
      <Typography variant="body2">{props.title}</Typography>
      <Typography
        variant="body2"
        color={verdict === 'not-run' ? 'textSecondary' : 'textPrimary'}
      >
        {evidence?.summary ?? 'Not run.'}{' '}
        {evidence?.reason && <code>{evidence.reason}</code>}
      </Typography>
    </div>
  );
}

/** A sign for a verdict that also has a name for those who do not see it. */
export function VerdictIcon(props: { verdict: string }) {
  const tones = useTones();
  switch (props.verdict) {
    case 'passed':
      return (
        <CheckIcon
          fontSize="small"
          style={{ color: tones.good }}
          titleAccess="passed"
        />
      );
    case 'failed':
      return (
        <CloseIcon
          fontSize="small"
          style={{ color: tones.failing }}
          titleAccess="failed"
        />
      );
    case 'inconclusive':
      return (
        <HelpIcon
          fontSize="small"
          style={{ color: tones['needs-you'] }}
          titleAccess="inconclusive"
        />
      );
    default:
      return (
        <RemoveIcon
          fontSize="small"
          style={{ color: tones.quiet }}
          titleAccess="not run"
        />
      );
  }
}
