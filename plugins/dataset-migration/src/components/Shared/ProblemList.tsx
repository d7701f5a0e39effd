import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTones } from './useTones';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'grid',
    gridTemplateColumns: '4.5em 1fr',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** Problems of a plan, in the order of their lines. */
export function ProblemList(props: { problems: Api.PlanProblem[] }) {
  const classes = useStyles();
  const tones = useTones();
  const sorted = [...props.problems].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  );
  return (
    <ul className={classes.list} aria-label="Problems of the plan">
      {sorted.map((problem, index) => (
        <li key={index} className={classes.entry}>
          <Typography variant="body2" component="span">
            Line {problem.line}
          </Typography>
          <Typography variant="body2" component="span">
            <span
              style={{
                color:
                  tones[problem.severity === 'error' ? 'failing' : 'needs-you'],
              }}
            >
              {problem.severity === 'error' ? 'Error' : 'Warning'}
            </span>{' '}
            {problem.message} <code>{problem.code}</code>
          </Typography>
        </li>
      ))}
    </ul>
  );
}
