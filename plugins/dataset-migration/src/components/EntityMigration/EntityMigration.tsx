import { ResponseErrorPanel } from '@backstage/core-components';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { migrationMoves } from '../../lib/migrationActions';
import { LoadingRows } from '../Shared/LoadingRows';
import { MigrationView } from './MigrationView';
import { NoMigration } from './NoMigration';

/** The Migration tab of a dataset: its migration, or how to begin one. */
export function EntityMigration() {
  const api = useMigrationApi();
  const { entity } = useEntity();
  const dataset = stringifyEntityRef(entity);
  const overview = usePolled({
    key: `overview ${dataset}`,
    load: signal => api.getDatasetOverview({ query: { dataset } }, { signal }),
    live: value =>
      value.migration !== undefined && migrationMoves(value.migration),
  });

  if (!overview.value) {
    return overview.error ? (
      <ResponseErrorPanel
        title="The migration of this dataset could not be read"
        error={overview.error}
      />
    ) : (
      <LoadingRows rows={8} label="Loading the migration" />
    );
  }
  const { migration } = overview.value;
  const over = migration?.state === 'ended' && migration.outcome !== 'done';
  return (
    <>
      {migration && (
        <MigrationView
          key={migration.id}
          migration={migration}
          stale={overview.error}
          onChanged={overview.reload}
        />
      )}
      {(!migration || over) && (
        <NoMigration
          overview={overview.value}
          again={migration !== undefined}
          onCreated={overview.reload}
        />
      )}
    </>
  );
}
