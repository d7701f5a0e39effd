import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { usePolled } from '../../hooks/usePolled';
import { shortRef } from '../../lib/targetText';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { RelativeTime } from '../Shared/RelativeTime';
import { DatasetLink } from './DatasetLink';

/** Datasets whose entity or contract names a newer version that nobody migrates to yet. */
export function PendingView() {
  const api = useMigrationApi();
  const refusals = usePermissionRefusals();
  const pending = usePolled({
    key: 'pending',
    load: signal => api.listPending({}, { signal }),
  });
  const scan = useAction(async () => {
    await api.scanPending({});
    await pending.reload();
  });
  const items = pending.value?.items ?? [];
  return (
    <Box mb={3}>
      <Box display="flex" alignItems="center" mb={1} style={{ gap: 16 }}>
        <Typography variant="h6" component="h2">
          {items.length > 0
            ? `${items.length} pending`
            : 'No pending migrations'}
        </Typography>
        <GatedButton
          size="small"
          variant="outlined"
          refusal={refusals.create}
          busy={scan.busy}
          onClick={() => scan.run()}
        >
          Scan now
        </GatedButton>
      </Box>
      <FailureNote
        what="Reading pending migrations"
        error={pending.error}
        onRetry={pending.reload}
      />
      <FailureNote what="The scan" error={scan.error} />
      {items.length > 0 && (
        <Paper variant="outlined" style={{ overflowX: 'auto' }}>
          <Table size="small" aria-label="Pending migrations">
            <TableHead>
              <TableRow>
                <TableCell>Dataset</TableCell>
                <TableCell>Version</TableCell>
                <TableCell>Found in</TableCell>
                <TableCell>Since</TableCell>
                <TableCell>Problem</TableCell>
                <TableCell />
              </TableRow>
            </TableHead>
            <TableBody style={{ fontVariantNumeric: 'tabular-nums' }}>
              {items.map(item => (
                <TableRow key={item.dataset}>
                  <TableCell title={item.dataset}>
                    {shortRef(item.dataset)}
                  </TableCell>
                  <TableCell>
                    {item.currentVersion} → {item.targetVersion}
                  </TableCell>
                  <TableCell>{item.source}</TableCell>
                  <TableCell>
                    <RelativeTime at={item.firstSeenAt} />
                  </TableCell>
                  <TableCell>{item.problem ?? '–'}</TableCell>
                  <TableCell align="right">
                    <DatasetLink dataset={item.dataset}>
                      {item.migrationId ? 'Open the draft' : 'Prepare'}
                    </DatasetLink>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Paper>
      )}
    </Box>
  );
}
