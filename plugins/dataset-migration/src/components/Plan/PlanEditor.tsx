import { useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  box: {
    display: 'flex',
    height: '55vh',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    fontFamily: 'Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 12.5,
    lineHeight: '20px',
    '&:focus-within': { borderColor: theme.palette.primary.main },
  },
  numbers: {
    overflow: 'hidden',
    padding: theme.spacing(1, 1),
    textAlign: 'right',
    color: theme.palette.text.secondary,
    userSelect: 'none',
    whiteSpace: 'pre',
    fontVariantNumeric: 'tabular-nums',
    backgroundColor: theme.palette.action.hover,
  },
  text: {
    flex: 1,
    resize: 'none',
    border: 0,
    outline: 'none',
    padding: theme.spacing(1),
    font: 'inherit',
    lineHeight: 'inherit',
    whiteSpace: 'pre',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    tabSize: 2,
  },
}));

/** Text with line numbers that a person edits. */
export function PlanEditor(props: {
  text: string;
  onChange: (text: string) => void;
}) {
  const classes = useStyles();
  const numbers = useRef<HTMLDivElement>(null);
  const lines = props.text.split('\n').length;
  return (
    <div className={classes.box}>
      <div ref={numbers} className={classes.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
      </div>
      <textarea
        className={classes.text}
        aria-label="Plan text"
        value={props.text}
        spellCheck={false}
        wrap="off"
        onChange={event => props.onChange(event.target.value)}
        onScroll={event => {
          if (numbers.current) {
            numbers.current.scrollTop = event.currentTarget.scrollTop;
          }
        }}
      />
    </div>
  );
}
