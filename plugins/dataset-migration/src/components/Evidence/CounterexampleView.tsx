import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { differingCells } from '../../lib/differingCells';
import { RowsTable } from './RowsTable';

/** Input rows for which old and new differ, and both results with the difference marked. */
export function CounterexampleView(props: {
  title: string;
  counterexample: Api.Counterexample;
}) {
  const { inputs, old, new: now } = props.counterexample;
  const differing = differingCells(old, now);
  return (
    <Box mb={2.5} role="group" aria-label={`Counterexample: ${props.title}`}>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        Other rows: {props.title}
      </Typography>
      <Typography variant="body2" color="textSecondary" paragraph>
        For these input rows, the smallest that were found, old and new query
        give what is marked.
      </Typography>
      <Box display="flex" flexWrap="wrap" style={{ gap: 24 }}>
        {Object.entries(inputs).map(([name, table]) => (
          <RowsTable key={name} caption={`Input ${name}`} table={table} />
        ))}
        <RowsTable caption="Old result" table={old} marked={differing.old} />
        <RowsTable caption="New result" table={now} marked={differing.new} />
      </Box>
    </Box>
  );
}
