import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { ResponseErrorPanel } from '@backstage/core-components';
import { MIGRATION_STATES } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { useUrlState } from '../../hooks/useUrlState';
import { migrationMoves } from '../../lib/migrationActions';
import { FilterSelect } from '../Consumers/FilterSelect';
import { EmptyNote } from '../Shared/EmptyNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { MigrationsTable } from './MigrationsTable';
import { PendingView } from './PendingView';

const STEP = 50;
const MOST = 500;

/** Datasets that should be migrated, and every migration, newest first. */
export function MigrationsView() {
  const api = useMigrationApi();
  const url = useUrlState();
  const [limit, setLimit] = useState(STEP);
  const states = url.many('state');
  const page = usePolled({
    key: `migrations ${states.join()} ${limit}`,
    load: signal =>
      api.listMigrations(
        { query: { state: states.length > 0 ? states : undefined, limit } },
        { signal },
      ),
    live: value => value.items.some(migrationMoves),
    interval: 5_000,
  });
  return (
    <div>
      <PendingView />
      <Box mb={1.5}>
        <FilterSelect
          label="State"
          values={Object.keys(MIGRATION_STATES)}
          chosen={states}
          onChange={state => url.set({ state })}
        />
      </Box>
      {!page.value && page.error && <ResponseErrorPanel error={page.error} />}
      {page.loading && <LoadingRows label="Loading migrations" />}
      {page.value?.items.length === 0 && (
        <EmptyNote
          title={
            states.length > 0 ? 'No migration matches' : 'No migrations yet'
          }
        >
          A migration begins on the Migration tab of its dataset.
        </EmptyNote>
      )}
      {page.value && page.value.items.length > 0 && (
        <>
          <MigrationsTable migrations={page.value.items} />
          {page.value.items.length < page.value.totalItems && limit < MOST && (
            <Button onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
              Show more of {page.value.totalItems}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
