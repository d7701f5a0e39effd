import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { useUrlState } from '../../hooks/useUrlState';
import { migrationMoves } from '../../lib/migrationActions';
import { waitingForPeople } from '../../lib/progressSegments';
import { ActivityList } from '../Activity/ActivityList';
import { ConsumersView } from '../Consumers/ConsumersView';
import { PlanView } from '../Plan/PlanView';
import { QuestionsView } from '../Review/QuestionsView';
import { ReviewView } from '../Review/ReviewView';
import { FailureNote } from '../Shared/FailureNote';
import { TargetDrawer } from '../Target/TargetDrawer';
import { WavesView } from '../Waves/WavesView';
import { DraftProblems } from './DraftProblems';
import { MigrationHeader } from './MigrationHeader';

const VIEWS = ['consumers', 'review', 'questions', 'waves', 'plan', 'activity'];

/** A migration: the band with the numbers and the next step, and the views behind them. */
export function MigrationView(props: {
  migration: Api.Migration;
  /** Why the numbers may be old. */
  stale?: Error;
  onChanged: () => Promise<void>;
}) {
  const { migration, onChanged } = props;
  const url = useUrlState();
  // Lists read again when something was done here.
  const [revision, setRevision] = useState(0);
  const waiting = waitingForPeople(migration.progress.counts);
  const fallback = migration.state === 'draft' ? 'plan' : 'consumers';
  const asked = url.one('view') ?? '';
  const view = VIEWS.includes(asked) ? asked : fallback;
  const live = migrationMoves(migration);
  const api = useMigrationApi();
  const isRead = migration.state !== 'draft' && migration.planErrors === 0;
  const rollout = usePolled({
    key: isRead ? `rollout ${migration.id}` : undefined,
    load: signal =>
      api.getRollout({ path: { migrationId: migration.id } }, { signal }),
    live,
  });
  const changed = async () => {
    setRevision(last => last + 1);
    await onChanged();
  };
  const openTarget = (target: string) => url.set({ target });
  // The last targets of a migration may move after it has ended.
  const seen = `${revision} ${JSON.stringify(migration.progress.counts)}`;
  const lists = { migration, live, revision: seen, onChanged: changed };
  return (
    <Box mb={4}>
      <FailureNote
        what="Refreshing the migration"
        error={props.stale}
        advice="What you see may be old; it is tried again by itself."
      />
      <MigrationHeader
        migration={migration}
        rollout={rollout.value}
        onChanged={changed}
      />
      {migration.planErrors > 0 && <DraftProblems migration={migration} />}
      <Tabs
        value={view}
        onChange={(_, value: string) =>
          url.set({ view: value, target: undefined })
        }
        indicatorColor="primary"
        variant="scrollable"
        aria-label="Views of the migration"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        <Tab
          value="consumers"
          label={withCount('Consumers', migration.progress.total)}
        />
        <Tab value="review" label={withCount('Review', waiting.reviews)} />
        <Tab
          value="questions"
          label={withCount('Questions', waiting.questions)}
        />
        <Tab value="waves" label="Waves" />
        <Tab value="plan" label="Plan" />
        <Tab value="activity" label="Activity" />
      </Tabs>
      <Box pt={2}>
        {view === 'consumers' && (
          <ConsumersView {...lists} onOpen={openTarget} />
        )}
        {view === 'review' && <ReviewView {...lists} />}
        {view === 'questions' && <QuestionsView {...lists} />}
        {view === 'waves' && (
          <WavesView
            migration={migration}
            rollout={rollout}
            onChanged={changed}
          />
        )}
        {view === 'plan' && (
          <PlanView migration={migration} onChanged={changed} />
        )}
        {view === 'activity' && (
          <ActivityList
            migrationId={migration.id}
            live={live}
            onOpenTarget={openTarget}
          />
        )}
      </Box>
      <TargetDrawer
        targetId={
          ['consumers', 'activity'].includes(view)
            ? url.one('target')
            : undefined
        }
        onClose={() => url.set({ target: undefined })}
        onChanged={changed}
      />
    </Box>
  );
}

function withCount(label: string, count: number): string {
  return count > 0 ? `${label} ${count}` : label;
}
