import { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';

/** A quiet "nothing here", which may be good news. */
export function EmptyNote(props: { title: string; children?: ReactNode }) {
  return (
    <Box py={5} px={2} textAlign="center">
      <Typography variant="h6" component="p" gutterBottom>
        {props.title}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div">
        {props.children}
      </Typography>
    </Box>
  );
}
