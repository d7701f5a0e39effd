import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { ResponseErrorPanel } from '@backstage/core-components';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { usePolled } from '../../hooks/usePolled';
import { useUrlState } from '../../hooks/useUrlState';
import { campaignMoves } from '../../lib/campaignActions';
import { EmptyNote } from '../Shared/EmptyNote';
import { GatedButton } from '../Shared/GatedButton';
import { LoadingRows } from '../Shared/LoadingRows';
import { CampaignDialog } from './CampaignDialog';
import { CampaignsTable } from './CampaignsTable';

const STEP = 50;
const MOST = 500;

/** Campaigns, newest first, and the way to a new one. */
export function CampaignsView() {
  const api = useMigrationApi();
  const refusals = usePermissionRefusals();
  const url = useUrlState();
  const [limit, setLimit] = useState(STEP);
  const [creating, setCreating] = useState(false);
  const page = usePolled({
    key: `campaigns ${limit}`,
    load: signal => api.listCampaigns({ query: { limit } }, { signal }),
    live: value => value.items.some(campaignMoves),
    interval: 5_000,
  });
  return (
    <div>
      <Box mb={2}>
        <GatedButton
          variant="contained"
          color="primary"
          refusal={refusals.campaign}
          onClick={() => setCreating(true)}
        >
          New campaign…
        </GatedButton>
      </Box>
      {!page.value && page.error && <ResponseErrorPanel error={page.error} />}
      {page.loading && <LoadingRows label="Loading campaigns" />}
      {page.value?.items.length === 0 && (
        <EmptyNote title="No campaigns yet">
          A campaign starts, watches and stops the migrations of many datasets
          as one.
        </EmptyNote>
      )}
      {page.value && page.value.items.length > 0 && (
        <>
          <CampaignsTable campaigns={page.value.items} />
          {page.value.items.length < page.value.totalItems && limit < MOST && (
            <Button onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
              Show more of {page.value.totalItems}
            </Button>
          )}
        </>
      )}
      <CampaignDialog
        open={creating}
        onClose={() => setCreating(false)}
        onCreated={campaign => {
          setCreating(false);
          url.set({ campaign: campaign.id, view: 'campaigns' });
        }}
      />
    </div>
  );
}
