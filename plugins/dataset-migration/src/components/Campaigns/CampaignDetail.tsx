import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Link, ResponseErrorPanel } from '@backstage/core-components';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { useUrlState } from '../../hooks/useUrlState';
import { campaignMoves } from '../../lib/campaignActions';
import { shortRef } from '../../lib/targetText';
import { EmptyNote } from '../Shared/EmptyNote';
import { FailureNote } from '../Shared/FailureNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { ProgressBar } from '../Shared/ProgressBar';
import { RelativeTime } from '../Shared/RelativeTime';
import { CampaignButtons } from './CampaignButtons';
import { CampaignTargets } from './CampaignTargets';
import { MigrationsTable } from './MigrationsTable';

/** One campaign: all its targets as one bar, and each of its migrations. */
export function CampaignDetail(props: { campaignId: string }) {
  const api = useMigrationApi();
  const url = useUrlState();
  const { campaignId } = props;
  const polled = usePolled({
    key: `campaign ${campaignId}`,
    load: signal => api.getCampaign({ path: { campaignId } }, { signal }),
    live: campaignMoves,
  });
  const campaign = polled.value;
  if (!campaign) {
    return polled.error ? (
      <ResponseErrorPanel error={polled.error} />
    ) : (
      <LoadingRows label="Loading the campaign" />
    );
  }
  return (
    <div>
      <Typography variant="body2" gutterBottom>
        <Link
          to={url.link({
            campaign: undefined,
            target: undefined,
            view: 'campaigns',
          })}
        >
          All campaigns
        </Link>
      </Typography>
      <FailureNote
        what="Refreshing the campaign"
        error={polled.error}
        advice="What you see may be old; it is tried again by itself."
      />
      <Paper
        variant="outlined"
        style={{ padding: '16px 20px', marginBottom: 16 }}
      >
        <Box
          display="flex"
          flexWrap="wrap"
          alignItems="center"
          mb={1.5}
          style={{ gap: 16 }}
        >
          <Box flex="1 1 20em">
            <Typography variant="h5" component="h2" style={{ marginBottom: 0 }}>
              {campaign.title}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {campaign.name} · {campaign.datasets.length}{' '}
              {campaign.datasets.length === 1 ? 'dataset' : 'datasets'} · by{' '}
              {shortRef(campaign.createdBy)}{' '}
              <RelativeTime at={campaign.createdAt} />
            </Typography>
          </Box>
          <CampaignButtons campaign={campaign} onChanged={polled.reload} />
        </Box>
        {campaign.progress.total > 0 && (
          <ProgressBar progress={campaign.progress} />
        )}
        <Typography variant="body2" aria-live="polite" style={{ marginTop: 8 }}>
          {campaign.outcome?.replace(/-/g, ' ') ?? campaign.state} ·{' '}
          {campaign.progress.phase}
        </Typography>
      </Paper>
      {campaign.problems.length > 0 && (
        <Box mb={2}>
          <Alert severity="warning" variant="outlined">
            {campaign.problems.map(problem => (
              <div key={problem.dataset}>
                <strong>{shortRef(problem.dataset)}</strong>: {problem.message}
              </div>
            ))}
          </Alert>
        </Box>
      )}
      {campaign.migrations.length > 0 ? (
        <>
          <MigrationsTable migrations={campaign.migrations} />
          <CampaignTargets
            migrations={campaign.migrations}
            onChanged={polled.reload}
          />
        </>
      ) : (
        <EmptyNote title="No migrations yet">
          Launching the campaign prepares one for each dataset that has a plan.
        </EmptyNote>
      )}
    </div>
  );
}
