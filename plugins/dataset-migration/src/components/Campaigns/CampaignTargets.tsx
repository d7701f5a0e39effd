import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTargetPage } from '../../hooks/useTargetPage';
import { useUrlState } from '../../hooks/useUrlState';
import { migrationMoves } from '../../lib/migrationActions';
import { ConsumersTable } from '../Consumers/ConsumersTable';
import { PageButtons } from '../Consumers/PageButtons';
import { LoadingRows } from '../Shared/LoadingRows';
import { TargetDrawer } from '../Target/TargetDrawer';

const PAGE_SIZE = 50;

/** Every consumer of the campaign with its state, under the migration it belongs to. */
export function CampaignTargets(props: {
  migrations: Api.Migration[];
  onChanged: () => Promise<void>;
}) {
  const url = useUrlState();
  // Lists read again when something was done here.
  const [revision, setRevision] = useState(0);
  const begun = props.migrations.filter(each => each.progress.total > 0);
  return (
    <>
      {begun.map(migration => (
        <TargetsOfMigration
          key={migration.id}
          migration={migration}
          revision={`${revision} ${JSON.stringify(migration.progress.counts)}`}
        />
      ))}
      <TargetDrawer
        targetId={url.one('target')}
        onClose={() => url.set({ target: undefined })}
        onChanged={async () => {
          setRevision(last => last + 1);
          await props.onChanged();
        }}
      />
    </>
  );
}

function TargetsOfMigration(props: {
  migration: Api.Migration;
  revision: string;
}) {
  const url = useUrlState();
  const { migration, revision } = props;
  const page = useTargetPage({
    migrationId: migration.id,
    query: {},
    pageSize: PAGE_SIZE,
    live: migrationMoves(migration),
    revision,
  });
  return (
    <Box
      mt={3}
      component="section"
      aria-label={`Consumers: ${migration.title}`}
    >
      <Typography
        variant="subtitle2"
        component="h3"
        gutterBottom
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {migration.title}: {migration.progress.total} consumers
      </Typography>
      {page.error && !page.value && <ResponseErrorPanel error={page.error} />}
      {page.loading && <LoadingRows label="Loading consumers" />}
      {page.value && (
        <>
          <ConsumersTable
            targets={page.value.items}
            selected={url.one('target')}
            onOpen={target => url.set({ target })}
          />
          {page.value.totalItems > PAGE_SIZE && <PageButtons page={page} />}
        </>
      )}
    </Box>
  );
}
