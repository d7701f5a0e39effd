import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Link from '@material-ui/core/Link';
import Popover from '@material-ui/core/Popover';
import Typography from '@material-ui/core/Typography';
import { reasonText } from '../../lib/reasonText';
import { MarkedText } from './MarkedText';

/** A reason's identifier; pressing it shows what it means and what to do. */
export function ReasonLink(props: { reason: string }) {
  const [at, setAt] = useState<Element>();
  const help = reasonText(props.reason);
  if (!help) {
    return <code>{props.reason}</code>;
  }
  return (
    <>
      <Link
        component="button"
        variant="body2"
        aria-haspopup="dialog"
        onClick={event => setAt(event.currentTarget)}
        style={{ overflowWrap: 'anywhere', textAlign: 'left' }}
      >
        <code>{props.reason}</code>
      </Link>
      <Popover
        open={at !== undefined}
        anchorEl={at}
        onClose={() => setAt(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{ role: 'dialog', 'aria-label': `About ${props.reason}` }}
      >
        <Box p={2} maxWidth={460}>
          <Typography variant="overline" color="textSecondary">
            {help.section}
          </Typography>
          <Typography variant="subtitle2" component="h3" gutterBottom>
            <code>{props.reason}</code>
          </Typography>
          <Typography variant="body2" paragraph>
            <MarkedText text={help.text} />
          </Typography>
          <Typography variant="caption" color="textSecondary">
            In the documentation: {help.anchor}
          </Typography>
        </Box>
      </Popover>
    </>
  );
}
