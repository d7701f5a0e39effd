import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ReasonLink } from '../Shared/ReasonLink';
import { VerdictIcon } from './VerdictIcon';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'grid',
    gridTemplateColumns: '24px 11em minmax(0, 1fr)',
    gap: theme.spacing(1),
    alignItems: 'start',
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  paths: {
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

const SHOWN = 3;

/** One verifier's verdict with its reason and the files it looked at; without evidence nobody looked. */
export function VerdictLine(props: { title: string; evidence?: Api.Evidence }) {
  const classes = useStyles();
  const { evidence } = props;
  const verdict = evidence?.verdict ?? 'not-run';
  const paths = evidence?.paths ?? [];
  return (
    <div className={classes.line} role="listitem">
      <VerdictIcon verdict={verdict} />
      <Typography variant="body2">{props.title}</Typography>
      <Typography
        variant="body2"
        component="div"
        color={verdict === 'not-run' ? 'textSecondary' : 'textPrimary'}
      >
        {evidence?.summary ?? 'Not run: no verifier for this was asked.'}{' '}
        {evidence?.reason && <ReasonLink reason={evidence.reason} />}
        {paths.length > 0 && (
          <Typography
            variant="caption"
            component="div"
            className={classes.paths}
            title={paths.join('\n')}
          >
            {paths.slice(0, SHOWN).join(', ')}
            {paths.length > SHOWN && ` and ${paths.length - SHOWN} more files`}
          </Typography>
        )}
      </Typography>
    </div>
  );
}
