import { Fragment } from 'react';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { placeText } from '../../lib/fieldUses';
import { RouteChip } from './RouteChip';

const useStyles = makeStyles(theme => ({
  row: {
    '& td': {
      padding: theme.spacing(0.5, 1),
      lineHeight: 1.5,
      verticalAlign: 'top',
      wordBreak: 'normal',
    },
  },
  where: { overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
  snippet: {
    display: 'block',
    color: theme.palette.text.secondary,
    maxWidth: '34em',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  quiet: { color: theme.palette.text.secondary },
  names: { overflowWrap: 'anywhere' },
}));

/** One use: where it is, how it comes from the dataset, and what becomes of it. */
export function UseRow(props: { use: Api.DatasetUse }) {
  const classes = useStyles();
  const { use } = props;
  // A field that stands in the file by its own name says nothing twice.
  const says = use.snippet !== use.field && use.snippet;
  return (
    <TableRow className={classes.row}>
      <TableCell className={classes.where}>
        <code>{placeText(use.place)}</code>
        {says && (
          <code className={classes.snippet} title={use.snippet}>
            {use.snippet}
          </code>
        )}
      </TableCell>
      <TableCell>{use.context}</TableCell>
      <TableCell className={classes.names}>
        <Via steps={use.via ?? []} />
      </TableCell>
      <TableCell className={classes.names}>
        <Outputs outputs={use.outputs ?? []} />
      </TableCell>
      <TableCell>
        {use.indirect ? (
          <span
            className={classes.quiet}
            title="It reads something made from the dataset, and that keeps its names."
          >
            not edited
          </span>
        ) : (
          <RouteChip route={use.route} />
        )}
      </TableCell>
    </TableRow>
  );
}

/** The way from the dataset, `model journeys → cte latest`. */
function Via(props: { steps: Api.UseStep[] }) {
  const classes = useStyles();
  if (props.steps.length === 0) {
    return <span className={classes.quiet}>directly</span>;
  }
  return (
    <>
      {props.steps.map((step, index) => (
        <Fragment key={index}>
          {index > 0 && ' → '}
          <span className={classes.quiet}>{step.kind}</span>{' '}
          <code>{step.name}</code>
        </Fragment>
      ))}
    </>
  );
}

const BECOMES = {
  unchanged: 'as it is',
  expression: 'in an expression',
  filter: 'decides which rows',
};

/** What becomes of the field in the output. */
function Outputs(props: { outputs: Api.UseOutput[] }) {
  const classes = useStyles();
  if (props.outputs.length === 0) {
    return <span className={classes.quiet}>–</span>;
  }
  return (
    <>
      {props.outputs.map((output, index) => (
        <div key={index}>
          {output.name && (
            <>
              <code>{output.name}</code>{' '}
            </>
          )}
          <span className={classes.quiet}>{BECOMES[output.as]}</span>
        </div>
      ))}
    </>
  );
}
