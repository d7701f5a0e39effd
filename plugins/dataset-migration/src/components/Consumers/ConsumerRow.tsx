import { MouseEvent } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { shortRef, targetName, targetText } from '../../lib/targetText';
import { RelativeTime } from '../Shared/RelativeTime';
import { StateChip } from '../Shared/StateChip';
import { PullRequestLink } from '../Target/PullRequestLink';
import { ProofMark } from '../Target/ProofMark';

const useStyles = makeStyles(theme => ({
  row: {
    cursor: 'pointer',
    verticalAlign: 'top',
    fontVariantNumeric: 'tabular-nums',
    '& td': { verticalAlign: 'top', lineHeight: 1.43 },
  },
  // The theme's colour for a chosen row would read as a warning.
  chosen: { '&&': { backgroundColor: theme.palette.action.selected } },
  name: {
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 500,
    textAlign: 'left',
    color: theme.palette.text.primary,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  sentence: { maxWidth: '28em' },
}));

/** One consumer. Links inside the row keep their own way. */
export function ConsumerRow(props: {
  target: Api.Target;
  selected: boolean;
  onOpen: () => void;
}) {
  const classes = useStyles();
  const { target } = props;
  const text = targetText(target);
  const open = (event: MouseEvent) => {
    if (!(event.target as Element).closest('a')) {
      props.onOpen();
    }
  };
  return (
    <TableRow
      hover
      className={classes.row}
      classes={{ selected: classes.chosen }}
      selected={props.selected}
      onClick={open}
    >
      <TableCell>
        <ButtonBase className={classes.name}>{targetName(target)}</ButtonBase>
        <Typography variant="caption" color="textSecondary" component="div">
          {target.framework}
        </Typography>
      </TableCell>
      <TableCell className={classes.sentence}>
        <StateChip word={text.word} tone={text.tone} />
        <Typography variant="caption" color="textSecondary" component="div">
          {text.sentence}
        </Typography>
      </TableCell>
      <TableCell>
        {target.repositoryUrl ? (
          <Link to={target.repositoryUrl}>{shortRepository(target)}</Link>
        ) : (
          shortRepository(target) ?? '–'
        )}
      </TableCell>
      <TableCell>{target.owner ? shortRef(target.owner) : '–'}</TableCell>
      <TableCell>
        <ProofMark rung={target.rung} proof={target.proof} />
      </TableCell>
      <TableCell>
        {target.pullRequest ? (
          <PullRequestLink pull={target.pullRequest} />
        ) : (
          '–'
        )}
        {target.revert && (
          <div>
            <PullRequestLink pull={target.revert} reverse />
          </div>
        )}
      </TableCell>
      <TableCell>
        <RelativeTime at={target.updatedAt} />
      </TableCell>
    </TableRow>
  );
}

/** `owner/name`: the host is the same for almost every row. */
function shortRepository(target: Api.Target): string | undefined {
  return target.repository?.split('/').slice(-2).join('/');
}
