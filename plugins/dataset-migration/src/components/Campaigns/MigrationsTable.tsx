import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  Api,
  MIGRATION_STATES,
} from 'backstage-plugin-dataset-migration-common';
import { dueText } from '../../lib/formatTime';
import { consumersQuery } from '../../lib/consumersQuery';
import { Tone, waitingForPeople } from '../../lib/progressSegments';
import { ProgressBar } from '../Shared/ProgressBar';
import { RelativeTime } from '../Shared/RelativeTime';
import { StateChip } from '../Shared/StateChip';
import { DatasetLink, useDatasetAddress } from './DatasetLink';

const TONES: Record<Api.Migration['state'], Tone> = {
  draft: 'waiting',
  active: 'moving',
  paused: 'needs-you',
  halted: 'failing',
  'rolling-back': 'quiet',
  ended: 'good',
};

/** Migrations with where their targets are; each leads to its dataset's tab. */
export function MigrationsTable(props: { migrations: Api.Migration[] }) {
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label="Migrations">
        <TableHead>
          <TableRow>
            <TableCell>Migration</TableCell>
            <TableCell>State</TableCell>
            <TableCell style={{ width: '38%' }}>Consumers</TableCell>
            <TableCell align="right">Needs people</TableCell>
            <TableCell>Due</TableCell>
            <TableCell>Updated</TableCell>
          </TableRow>
        </TableHead>
        <TableBody
          style={{ fontVariantNumeric: 'tabular-nums', verticalAlign: 'top' }}
        >
          {props.migrations.map(migration => (
            <MigrationRow key={migration.id} migration={migration} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function MigrationRow(props: { migration: Api.Migration }) {
  const { migration } = props;
  const address = useDatasetAddress();
  const { reviews, questions } = waitingForPeople(migration.progress.counts);
  return (
    <TableRow hover>
      <TableCell>
        <DatasetLink dataset={migration.dataset}>{migration.title}</DatasetLink>
        <Typography variant="caption" color="textSecondary" component="div">
          {migration.dataset}
        </Typography>
      </TableCell>
      <TableCell>
        <StateChip
          word={migration.outcome?.replace(/-/g, ' ') ?? migration.state}
          tone={
            migration.outcome && migration.outcome !== 'done'
              ? 'quiet'
              : TONES[migration.state]
          }
          title={MIGRATION_STATES[migration.state]}
        />
        <Typography variant="caption" color="textSecondary" component="div">
          {migration.progress.phase}
        </Typography>
      </TableCell>
      <TableCell>
        {migration.progress.total > 0 ? (
          <ProgressBar
            progress={migration.progress}
            linkTo={({ filter }) =>
              address(migration.dataset, consumersQuery(filter))
            }
          />
        ) : (
          '–'
        )}
      </TableCell>
      <TableCell align="right">
        {reviews + questions > 0 ? (
          <DatasetLink
            dataset={migration.dataset}
            query={reviews > 0 ? '?view=review' : '?view=questions'}
          >
            {reviews + questions}
          </DatasetLink>
        ) : (
          '–'
        )}
      </TableCell>
      <TableCell>
        {migration.deadline ? dueText(migration.deadline)?.text : '–'}
      </TableCell>
      <TableCell>
        <RelativeTime at={migration.updatedAt} />
      </TableCell>
    </TableRow>
  );
}
