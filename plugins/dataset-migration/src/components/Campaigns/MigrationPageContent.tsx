import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useUrlState } from '../../hooks/useUrlState';
import { CampaignDetail } from './CampaignDetail';
import { CampaignsView } from './CampaignsView';
import { MigrationsView } from './MigrationsView';

/** Every migration, and the campaigns that run many of them as one. */
export function MigrationPageContent(props: {
  /** The shell around it has its own margins. */
  flush?: boolean;
}) {
  const url = useUrlState();
  const campaign = url.one('campaign');
  const view =
    campaign || url.one('view') === 'campaigns' ? 'campaigns' : 'migrations';
  return (
    <Box p={props.flush ? 0 : 3}>
      <Tabs
        value={view}
        onChange={(_, value: string) =>
          url.set({ view: value, campaign: undefined, state: undefined })
        }
        indicatorColor="primary"
        aria-label="Migrations and campaigns"
      >
        <Tab value="migrations" label="Migrations" />
        <Tab value="campaigns" label="Campaigns" />
      </Tabs>
      <Box pt={2}>
        {view === 'migrations' && <MigrationsView />}
        {view === 'campaigns' && !campaign && <CampaignsView />}
        {campaign && <CampaignDetail key={campaign} campaignId={campaign} />}
      </Box>
    </Box>
  );
}
