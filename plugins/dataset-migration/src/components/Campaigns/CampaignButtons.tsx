import { useState } from 'react';
import Box from '@material-ui/core/Box';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { CampaignAction, campaignActions } from '../../lib/campaignActions';
import { GatedButton } from '../Shared/GatedButton';
import { CampaignActionDialog } from './CampaignActionDialog';

/** Launch, pause, resume, roll back and cancel, as the campaign's state allows. */
export function CampaignButtons(props: {
  campaign: Api.Campaign;
  onChanged: () => Promise<void>;
}) {
  const api = useMigrationApi();
  const refusals = usePermissionRefusals();
  const [asking, setAsking] = useState<CampaignAction>();
  const { campaign } = props;
  const act = useAction(async (action: CampaignAction, reason: string) => {
    await api.actOnCampaign({
      path: { campaignId: campaign.id, action: action.id },
      body: { reason: reason || undefined },
    });
    setAsking(undefined);
    await props.onChanged();
  });
  return (
    <Box display="flex" style={{ gap: 8 }}>
      {campaignActions(campaign).map(action => (
        <GatedButton
          key={action.id}
          variant={action.primary ? 'contained' : 'outlined'}
          color={action.primary ? 'primary' : 'default'}
          refusal={refusals.campaign}
          onClick={() => setAsking(action)}
        >
          {action.label}…
        </GatedButton>
      ))}
      <CampaignActionDialog
        campaign={campaign}
        action={asking}
        busy={act.busy}
        error={act.error}
        onClose={() => {
          setAsking(undefined);
          act.clear();
        }}
        onConfirm={reason => asking && act.run(asking, reason)}
      />
    </Box>
  );
}
