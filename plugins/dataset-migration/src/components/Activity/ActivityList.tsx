import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { ResponseErrorPanel } from '@backstage/core-components';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { shortRef } from '../../lib/targetText';
import { EmptyNote } from '../Shared/EmptyNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { RelativeTime } from '../Shared/RelativeTime';

const STEP = 50;
const MOST = 500;

/** Who did what, when and why, newest first. */
export function ActivityList(props: {
  migrationId: string;
  targetId?: string;
  live: boolean;
  onOpenTarget?: (targetId: string) => void;
}) {
  const api = useMigrationApi();
  const [limit, setLimit] = useState(STEP);
  const { migrationId, targetId } = props;
  const page = usePolled({
    key: `activity ${migrationId} ${targetId ?? ''} ${limit}`,
    load: signal =>
      api.listActivity(
        { path: { migrationId }, query: { targetId, limit } },
        { signal },
      ),
    live: props.live,
  });
  if (!page.value) {
    return page.error ? (
      <ResponseErrorPanel error={page.error} />
    ) : (
      <LoadingRows label="Loading the activity" />
    );
  }
  const { items, totalItems } = page.value;
  if (items.length === 0) {
    return <EmptyNote title="Nothing happened yet" />;
  }
  return (
    <div>
      <Table size="small" aria-label="Activity">
        <TableHead>
          <TableRow>
            <TableCell style={{ width: '10em' }}>When</TableCell>
            <TableCell style={{ width: '14em' }}>Who</TableCell>
            <TableCell>What</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={item.id}>
              <TableCell>
                <RelativeTime at={item.at} />
              </TableCell>
              <TableCell title={item.actor}>{shortRef(item.actor)}</TableCell>
              <TableCell>
                {item.message}{' '}
                {item.targetId && props.onOpenTarget && (
                  <Button
                    size="small"
                    color="primary"
                    onClick={() => props.onOpenTarget?.(item.targetId ?? '')}
                  >
                    Open
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {items.length < totalItems && limit < MOST && (
        <Button onClick={() => setLimit(Math.min(MOST, limit + STEP * 2))}>
          Show more of {totalItems}
        </Button>
      )}
    </div>
  );
}
