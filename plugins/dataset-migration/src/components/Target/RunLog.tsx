import { useEffect, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useRunLog } from '../../hooks/useRunLog';
import { FailureNote } from '../Shared/FailureNote';
import { Field } from '../Shared/Field';

const useStyles = makeStyles(theme => ({
  log: {
    height: '45vh',
    color: theme.palette.text.primary,
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    padding: theme.spacing(1),
    fontFamily: 'Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 12.5,
    lineHeight: 1.5,
  },
  line: { display: 'flex', gap: theme.spacing(1.5), whiteSpace: 'pre-wrap' },
  at: {
    color: theme.palette.text.secondary,
    userSelect: 'none',
    flex: 'none',
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** A run's log: followed while it grows, searchable. */
export function RunLog(props: { runId: string }) {
  const classes = useStyles();
  const log = useRunLog(props.runId);
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const wanted = text.trim().toLowerCase();
  const shown = wanted
    ? log.lines.filter(line => line.line.toLowerCase().includes(wanted))
    : log.lines;

  useEffect(() => {
    if (follows.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [shown.length]);

  return (
    <Box mt={2}>
      <Box display="flex" alignItems="center" mb={1} style={{ gap: 16 }}>
        <Field
          size="small"
          label="Search in the log"
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <Typography variant="body2" color="textSecondary" aria-live="polite">
          {wanted
            ? `${shown.length} of ${log.lines.length} lines`
            : `${log.lines.length} lines`}
          {log.cut && ', older ones let go'}
          {log.ended ? '' : ', followed live'}
        </Typography>
      </Box>
      <FailureNote
        what="Reading the log"
        error={log.error}
        advice="It is tried again by itself."
      />
      <div
        ref={box}
        className={classes.log}
        role="log"
        aria-label="Log of the run"
        onScroll={event => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          follows.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {shown.map(line => (
          <div key={line.sequence} className={classes.line}>
            <span className={classes.at}>
              {DateTime.fromMillis(line.at).toFormat('HH:mm:ss')}
            </span>
            <span>{line.line}</span>
          </div>
        ))}
        {!log.loading && log.lines.length === 0 && (
          <Typography variant="body2" color="textSecondary">
            Nothing was logged yet.
          </Typography>
        )}
      </div>
    </Box>
  );
}
