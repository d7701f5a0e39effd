import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ProgressSegment, progressSegments } from '../../lib/progressSegments';
import { useTones } from './useTones';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    gap: 1,
    height: 10,
    borderRadius: 5,
    overflow: 'hidden',
    backgroundColor: theme.palette.action.disabledBackground,
  },
  part: { minWidth: 3, transition: 'flex-grow 300ms' },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2.5),
    rowGap: theme.spacing(0.5),
    marginTop: theme.spacing(1),
    padding: 0,
    listStyle: 'none',
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  entry: { display: 'inline-flex', alignItems: 'center' },
  swatch: {
    width: 10,
    height: 10,
    borderRadius: 2,
    marginRight: theme.spacing(0.75),
    border: `1px solid ${theme.palette.divider}`,
  },
}));

/** Where the targets are, as one bar; each number of the legend may link to its list. */
export function ProgressBar(props: {
  progress: Api.Progress;
  linkTo?: (segment: ProgressSegment) => string;
  legend?: boolean;
}) {
  const classes = useStyles();
  const tones = useTones();
  const segments = progressSegments(props.progress.counts);
  const spoken = segments
    .map(segment => `${segment.label} ${segment.count}`)
    .join(', ');
  return (
    <div>
      <div
        className={classes.bar}
        role="img"
        aria-label={`${props.progress.total} targets: ${spoken || 'none yet'}`}
      >
        {segments.map(segment => (
          <div
            key={segment.label}
            className={classes.part}
            style={{
              flexGrow: segment.count,
              backgroundColor: tones[segment.tone],
            }}
            title={`${segment.label} ${segment.count}`}
          />
        ))}
      </div>
      {props.legend !== false && segments.length > 0 && (
        <ul className={classes.legend} aria-label="Targets by state">
          {segments.map(segment => (
            <li key={segment.label} className={classes.entry}>
              <span
                className={classes.swatch}
                style={{ backgroundColor: tones[segment.tone] }}
                aria-hidden
              />
              {props.linkTo ? (
                <Link to={props.linkTo(segment)}>
                  {segment.label} {segment.count}
                </Link>
              ) : (
                `${segment.label} ${segment.count}`
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
