import { alpha, makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto', maxWidth: '100%' },
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
    },
    '& caption': {
      captionSide: 'top',
      textAlign: 'left',
      color: theme.palette.text.secondary,
      paddingBottom: theme.spacing(0.5),
    },
  },
  marked: {
    backgroundColor: alpha(theme.palette.error.main, 0.22),
    fontWeight: 600,
  },
  absent: { color: theme.palette.text.secondary, fontStyle: 'italic' },
}));

/** Printable rows; `marked` holds `row:column` of the cells that differ. */
export function RowsTable(props: {
  caption: string;
  table: Api.PrintableTable;
  marked?: Set<string>;
}) {
  const classes = useStyles();
  const { table } = props;
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={index} scope="col">
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
                  className={
                    props.marked?.has(`${at}:${column}`)
                      ? classes.marked
                      : undefined
                  }
                >
                  {cell ?? <span className={classes.absent}>null</span>}
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
