import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ConsumerRow } from './ConsumerRow';

/** A page of consumers; a row opens the target beside the list. */
export function ConsumersTable(props: {
  targets: Api.Target[];
  selected?: string;
  onOpen: (targetId: string) => void;
}) {
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label="Consumers">
        <TableHead>
          <TableRow>
            <TableCell>Consumer</TableCell>
            <TableCell>State</TableCell>
            <TableCell>Repository</TableCell>
            <TableCell>Team</TableCell>
            <TableCell>Proved</TableCell>
            <TableCell>Pull request</TableCell>
            <TableCell style={{ whiteSpace: 'nowrap' }}>Updated</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.targets.map(target => (
            <ConsumerRow
              key={target.id}
              target={target}
              selected={target.id === props.selected}
              onOpen={() => props.onOpen(target.id)}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
