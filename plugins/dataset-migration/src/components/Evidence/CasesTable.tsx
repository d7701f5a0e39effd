import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ReasonLink } from '../Shared/ReasonLink';
import { VerdictIcon } from './VerdictIcon';

const useStyles = makeStyles(theme => ({
  table: {
    fontVariantNumeric: 'tabular-nums',
    '& td, & th': {
      padding: theme.spacing(0.75, 1.5),
      verticalAlign: 'top',
      lineHeight: 1.43,
      wordBreak: 'normal',
    },
    '& th': { whiteSpace: 'nowrap' },
    '& td:first-child, & th:first-child': { paddingRight: 0, width: 32 },
  },
  query: { overflowWrap: 'anywhere', minWidth: '14em' },
  inputs: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

/** Every query that was compared, or why it was not. */
export function CasesTable(props: { cases: Api.EquivalenceCase[] }) {
  const classes = useStyles();
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table
        size="small"
        aria-label="Compared queries"
        className={classes.table}
      >
        <TableHead>
          <TableRow>
            <TableCell />
            <TableCell>Query</TableCell>
            <TableCell>Input rows</TableCell>
            <TableCell align="right">Output rows</TableCell>
            <TableCell>Why not proved</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.cases.map((each, index) => (
            <TableRow key={index}>
              <TableCell>
                <VerdictIcon verdict={each.verdict} />
              </TableCell>
              <TableCell className={classes.query}>
                {each.path && <code>{each.path}</code>} {each.label}
              </TableCell>
              <TableCell className={classes.inputs}>
                {Object.entries(each.inputRows).map(([name, rows]) => (
                  <div key={name}>
                    {name} {rows}
                  </div>
                ))}
              </TableCell>
              <TableCell align="right">{each.outputRows}</TableCell>
              <TableCell className={classes.query}>
                {each.reason && <ReasonLink reason={each.reason} />}
                {each.message && <div>{each.message}</div>}
                {!each.reason && !each.message && '–'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
