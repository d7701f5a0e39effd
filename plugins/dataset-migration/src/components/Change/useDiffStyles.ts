import { alpha, makeStyles } from '@material-ui/core/styles';

/** Looks of a diff, from the theme's success and error colours. */
export const useDiffStyles = makeStyles(theme => ({
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    marginBottom: theme.spacing(2),
    overflow: 'hidden',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
  },
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(0.75, 1.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
    '& code': { wordBreak: 'break-all' },
  },
  added: { color: theme.palette.success.main },
  removed: { color: theme.palette.error.main },
  scroll: { overflowX: 'auto' },
  table: {
    borderCollapse: 'collapse',
    // Halves of the same width.
    tableLayout: 'fixed',
    width: '100%',
    fontFamily: 'Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 12.5,
    lineHeight: 1.5,
  },
  number: {
    width: '4.5em',
    verticalAlign: 'top',
    padding: theme.spacing(0, 1),
    textAlign: 'right',
    color: theme.palette.text.secondary,
    userSelect: 'none',
    fontVariantNumeric: 'tabular-nums',
  },
  text: {
    verticalAlign: 'top',
    whiteSpace: 'pre',
    overflowX: 'auto',
    paddingRight: theme.spacing(1),
    tabSize: 4,
  },
  // Half of the width is never enough for one line: both sides stay in view instead.
  wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  addedLine: { backgroundColor: alpha(theme.palette.success.main, 0.12) },
  removedLine: { backgroundColor: alpha(theme.palette.error.main, 0.12) },
  addedPiece: {
    backgroundColor: alpha(theme.palette.success.main, 0.32),
    borderRadius: 2,
  },
  removedPiece: {
    backgroundColor: alpha(theme.palette.error.main, 0.32),
    borderRadius: 2,
  },
  nothing: { backgroundColor: theme.palette.action.hover },
  heading: {
    color: theme.palette.text.secondary,
    backgroundColor: theme.palette.action.hover,
    padding: theme.spacing(0.25, 1),
    whiteSpace: 'pre',
  },
}));
