import { Fragment, useState } from 'react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { fieldUses } from '../../lib/fieldUses';
import { UseRow } from './UseRow';

/** Rows drawn at once: more than this a browser does not lay out in good time. */
export const USES_SHOWN = 200;

const useStyles = makeStyles(theme => ({
  table: {
    // The columns stay where they are from field to field.
    tableLayout: 'fixed',
    minWidth: 760,
    '& th': { padding: theme.spacing(0.75, 1) },
  },
  heading: {
    backgroundColor: theme.palette.action.hover,
    padding: theme.spacing(0.5, 1),
    fontWeight: 500,
  },
  count: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** Uses under the heading of their field, the first ones at once and the others when asked for. */
export function UsageTable(props: { uses: Api.DatasetUse[] }) {
  const classes = useStyles();
  const [limit, setLimit] = useState(USES_SHOWN);
  const groups = fieldUses(props.uses);
  const hidden = props.uses.length - limit;
  let room = limit;
  return (
    <>
      <TableContainer component={Paper} variant="outlined">
        <Table
          size="small"
          aria-label="What it reads"
          className={classes.table}
        >
          <TableHead>
            <TableRow>
              <TableCell style={{ width: '36%' }}>Where</TableCell>
              <TableCell style={{ width: '11%' }}>In</TableCell>
              <TableCell style={{ width: '20%' }}>Through</TableCell>
              <TableCell>What becomes of it</TableCell>
              <TableCell style={{ width: '12%' }}>Route</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {groups.map(group => {
              const shown = group.uses.slice(0, Math.max(0, room));
              room -= shown.length;
              return shown.length === 0 ? undefined : (
                <Fragment key={group.field ?? ''}>
                  <TableRow>
                    <TableCell
                      colSpan={5}
                      component="th"
                      role="rowheader"
                      scope="rowgroup"
                      className={classes.heading}
                    >
                      {group.field ? (
                        <code>{group.field}</code>
                      ) : (
                        'The table itself'
                      )}{' '}
                      <span className={classes.count}>{group.uses.length}</span>
                    </TableCell>
                  </TableRow>
                  {shown.map((use, index) => (
                    <UseRow key={index} use={use} />
                  ))}
                </Fragment>
              );
            })}
          </TableBody>
        </Table>
      </TableContainer>
      {hidden > 0 && (
        <Button size="small" onClick={() => setLimit(limit + USES_SHOWN)}>
          Show {Math.min(hidden, USES_SHOWN)} more of {props.uses.length}
        </Button>
      )}
    </>
  );
}
