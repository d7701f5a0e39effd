import { makeStyles } from '@material-ui/core/styles';
import { Tone } from '../../lib/progressSegments';
import { useTones } from './useTones';

const useStyles = makeStyles(theme => ({
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 500,
  },
  dot: {
    width: 8,
    height: 8,
    borderRadius: '50%',
    flex: 'none',
  },
}));

/** A state in a word; the colour says what it means and never stands alone. */
export function StateChip(props: { word: string; tone: Tone; title?: string }) {
  const classes = useStyles();
  const tones = useTones();
  return (
    <span className={classes.chip} title={props.title}>
      <span
        className={classes.dot}
        style={{ backgroundColor: tones[props.tone] }}
        aria-hidden
      />
      {props.word}
    </span>
  );
}
