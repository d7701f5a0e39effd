import { useState } from 'react';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto', maxWidth: '100%' },
  // Not a caption: that would be as narrow as the table, and break names.
  title: {
    color: theme.palette.text.secondary,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    marginBottom: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  },
  table: {
    borderCollapse: 'collapse',
    color: theme.palette.text.primary,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      border: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.25, 1),
      textAlign: 'left',
      whiteSpace: 'pre',
      // A long value is cut, and whole on hover: the columns stay beside each other.
      maxWidth: '28em',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    },
    '& th': { fontWeight: 500, color: theme.palette.text.secondary },
  },
  // Twice the class, as the colour of a heading must not win over it.
  marked: {
    '&&': {
      backgroundColor: alpha(theme.palette.error.main, 0.22),
      color: theme.palette.text.primary,
      fontWeight: 600,
    },
  },
  absent: { color: theme.palette.text.secondary, fontStyle: 'italic' },
}));

let tables = 0;

/** Printable rows; `marked` holds what differs from the other result. */
export function RowsTable(props: {
  caption: string;
  table: Api.PrintableTable;
  marked?: { cells: Set<string>; columns: Set<number> };
}) {
  const classes = useStyles();
  const { table } = props;
  const [id] = useState(() => `dataset-migration-rows-${++tables}`);
  return (
    <div className={classes.scroll}>
      <div id={id} className={classes.title}>
        {props.caption}
      </div>
      <table className={classes.table} aria-labelledby={id}>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th
                key={index}
                scope="col"
                title={column}
                className={
                  props.marked?.columns.has(index) ? classes.marked : undefined
                }
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td
                  key={column}
                  title={cell ?? undefined}
                  className={
                    props.marked?.cells.has(`${at}:${column}`)
                      ? classes.marked
                      : undefined
                  }
                >
                  <Cell value={cell} />
                </td>
              ))}
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={Math.max(1, table.columns.length)}>
                <span className={classes.absent}>no rows</span>
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** NULL and the empty text are told apart from the texts that look like them. */
function Cell(props: { value: string | null }) {
  const classes = useStyles();
  if (props.value === null) {
    return <span className={classes.absent}>null</span>;
  }
  if (props.value === '') {
    return <span className={classes.absent}>empty text</span>;
  }
  return <>{props.value}</>;
}
