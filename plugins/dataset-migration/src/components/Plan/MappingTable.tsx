import Box from '@material-ui/core/Box';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { Tone } from '../../lib/progressSegments';
import { StateChip } from '../Shared/StateChip';

const TONES: Record<Api.MappedField['kind'], Tone> = {
  same: 'good',
  rename: 'good',
  expression: 'good',
  ask: 'needs-you',
  gone: 'failing',
};

/** What becomes of each old field. */
export function MappingTable(props: {
  fields: Api.MappedField[];
  where?: string;
}) {
  if (props.fields.length === 0) {
    return null;
  }
  return (
    <div>
      <Typography variant="subtitle2" gutterBottom>
        Mapping of {props.fields.length} old fields
      </Typography>
      {props.where && (
        <Typography variant="body2" gutterBottom>
          Rows of the old version are those where <code>{props.where}</code>
        </Typography>
      )}
      <Box overflow="auto">
        <Table size="small" aria-label="Mapping of fields">
          <TableHead>
            <TableRow>
              <TableCell>Old field</TableCell>
              <TableCell>Type</TableCell>
              <TableCell>Becomes</TableCell>
              <TableCell>Expression over new fields, or why</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {props.fields.map(field => (
              <TableRow key={field.name}>
                <TableCell>
                  <code>{field.name}</code>
                </TableCell>
                <TableCell>
                  <code>{field.type}</code>
                </TableCell>
                <TableCell>
                  <StateChip word={field.kind} tone={TONES[field.kind]} />
                </TableCell>
                <TableCell>
                  {field.is && <code>{field.is}</code>}{' '}
                  {field.question ?? field.reason}{' '}
                  {field.guide && <Link to={field.guide}>Guide</Link>}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </div>
  );
}
