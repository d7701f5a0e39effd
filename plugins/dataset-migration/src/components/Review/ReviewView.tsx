import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useReviewKeys } from '../../hooks/useReviewKeys';
import { useTargetPage } from '../../hooks/useTargetPage';
import { useUrlState } from '../../hooks/useUrlState';
import { reviewOrder } from '../../lib/reviewOrder';
import { TargetWish } from '../../lib/targetActions';
import { EmptyNote } from '../Shared/EmptyNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { PageButtons } from '../Consumers/PageButtons';
import { ApproveProved } from './ApproveProved';
import { KeyHelp } from './KeyHelp';
import { ReviewList } from './ReviewList';
import { ReviewPane } from './ReviewPane';

const PAGE_SIZE = 100;

/** Changes that wait for a decision, one after the other: the list left, the change right. */
export function ReviewView(props: {
  migration: Api.Migration;
  live: boolean;
  revision: string;
  onChanged: () => Promise<void>;
}) {
  const url = useUrlState();
  const [help, setHelp] = useState(false);
  const [wish, setWish] = useState<TargetWish>();
  const page = useTargetPage({
    migrationId: props.migration.id,
    query: { state: ['simulated'] },
    pageSize: PAGE_SIZE,
    live: props.live,
    revision: props.revision,
  });
  const targets = reviewOrder(page.value?.items ?? []);
  const asked = targets.findIndex(target => target.id === url.one('target'));
  const index = asked >= 0 ? asked : 0;
  const current = targets[index];
  const select = (target: Api.Target | undefined) => {
    setWish(undefined);
    url.set({ target: target?.id });
  };
  useReviewKeys({
    j: () => select(targets[Math.min(index + 1, targets.length - 1)]),
    k: () => select(targets[Math.max(index - 1, 0)]),
    a: () => setWish({ action: 'approve', at: Date.now() }),
    x: () => setWish({ action: 'skip', at: Date.now() }),
    '?': () => setHelp(last => !last),
  });

  if (!page.value) {
    return page.error ? (
      <ResponseErrorPanel error={page.error} />
    ) : (
      <LoadingRows rows={8} label="Loading reviews" />
    );
  }
  if (!current) {
    return (
      <EmptyNote title="Nothing waits for a review">
        Changes appear here as soon as their simulation has written and verified
        them.
      </EmptyNote>
    );
  }
  const decided = async () => {
    // The next one stays under the eyes, as the decided one leaves the list.
    select(targets[index + 1] ?? targets[index - 1]);
    await props.onChanged();
  };
  return (
    <Grid container spacing={2}>
      <Grid item xs={12} md={3}>
        <ApproveProved targets={targets} onChanged={props.onChanged} />
        <ReviewList targets={targets} current={current.id} onSelect={select} />
        {page.value.totalItems > PAGE_SIZE && <PageButtons page={page} />}
        <Box mt={1}>
          <Typography variant="caption" color="textSecondary">
            Keys: j k a x, ? explains them
          </Typography>
        </Box>
        <KeyHelp open={help} onClose={() => setHelp(false)} />
      </Grid>
      <Grid item xs={12} md={9}>
        <ReviewPane
          key={current.id}
          targetId={current.id}
          wish={wish}
          onChanged={decided}
        />
      </Grid>
    </Grid>
  );
}
