import { alpha, makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';

const useStyles = makeStyles(theme => ({
  box: {
    overflow: 'auto',
    maxHeight: '70vh',
    color: theme.palette.text.primary,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
  },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    fontFamily: 'Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 12.5,
    lineHeight: 1.55,
  },
  number: {
    width: '1%',
    padding: theme.spacing(0, 1.5),
    textAlign: 'right',
    color: theme.palette.text.secondary,
    userSelect: 'none',
    verticalAlign: 'top',
    fontVariantNumeric: 'tabular-nums',
  },
  text: { whiteSpace: 'pre', padding: theme.spacing(0, 1), tabSize: 2 },
  error: { backgroundColor: alpha(theme.palette.error.main, 0.12) },
  warning: { backgroundColor: alpha(theme.palette.warning.main, 0.14) },
  note: {
    padding: theme.spacing(0.25, 1, 0.75),
    whiteSpace: 'normal',
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** Text with line numbers, and each problem under the line it is about. */
export function NumberedText(props: {
  text: string;
  problems: Api.PlanProblem[];
  label: string;
}) {
  const classes = useStyles();
  const lines = props.text.split('\n');
  return (
    <div className={classes.box} role="region" aria-label={props.label}>
      <table className={classes.table}>
        <tbody>
          {lines.map((line, index) => {
            const problems = props.problems.filter(
              problem => Math.min(problem.line, lines.length) === index + 1,
            );
            const worst = problems.some(each => each.severity === 'error')
              ? classes.error
              : classes.warning;
            const marked = problems.length > 0 ? worst : undefined;
            return [
              <tr key={index} className={marked}>
                <td className={classes.number}>{index + 1}</td>
                <td className={classes.text}>{line}</td>
              </tr>,
              ...problems.map((problem, at) => (
                <tr key={`${index}-${at}`} className={marked}>
                  <td />
                  <td className={classes.note}>
                    <strong>
                      {problem.severity === 'error' ? 'Error' : 'Warning'}
                    </strong>{' '}
                    {problem.message} <code>{problem.code}</code>
                  </td>
                </tr>
              )),
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}
