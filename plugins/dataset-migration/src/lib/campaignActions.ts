import { Api } from 'backstage-plugin-dataset-migration-common';

export interface CampaignAction {
  id: 'launch' | 'pause' | 'resume' | 'cancel' | 'roll-back';
  label: string;
  primary?: boolean;
  /** What it does to the campaign's migrations. */
  explanation: string;
}

const CANCEL: CampaignAction = {
  id: 'cancel',
  label: 'Cancel',
  explanation:
    'Cancels every migration of the campaign: what is not published ends, open pull requests are closed, merged ones stay.',
};
const ROLL_BACK: CampaignAction = {
  id: 'roll-back',
  label: 'Roll back',
  explanation:
    'Takes every change of the campaign back: open pull requests are closed, and reverse changes are proposed for merged ones.',
};

/** What may be done with a campaign in its state. */
export function campaignActions(campaign: Api.Campaign): CampaignAction[] {
  switch (campaign.state) {
    case 'draft':
      return [
        {
          id: 'launch',
          label: 'Launch',
          primary: true,
          explanation:
            'Starts every migration of the campaign whose plan is valid: consumers are looked for and simulated. No pull request is opened without an approval.',
        },
        CANCEL,
      ];
    case 'active':
      return [
        {
          id: 'pause',
          label: 'Pause',
          explanation:
            'Nothing new starts in any migration of the campaign; what runs may finish.',
        },
        ROLL_BACK,
        CANCEL,
      ];
    case 'paused':
    case 'halted':
      return [
        {
          id: 'resume',
          label: 'Resume',
          primary: true,
          explanation: 'The migrations of the campaign go on where they were.',
        },
        ROLL_BACK,
        CANCEL,
      ];
    default:
      return [];
  }
}

/** True while the numbers of a campaign may change by themselves. */
export function campaignMoves(campaign: Api.Campaign): boolean {
  return campaign.state !== 'draft' && campaign.state !== 'ended';
}
