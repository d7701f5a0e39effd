import Paper from '@material-ui/core/Paper';
import { ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTargetDetail } from '../../hooks/useTargetDetail';
import { useTargetPage } from '../../hooks/useTargetPage';
import { PageButtons } from '../Consumers/PageButtons';
import { EmptyNote } from '../Shared/EmptyNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { FindingsView } from '../Target/FindingsView';
import { TargetHeader } from '../Target/TargetHeader';

/** Each card reads its target, so that few are shown at a time. */
const PAGE_SIZE = 10;

/** Targets that wait for an answer of their owner. */
export function QuestionsView(props: {
  migration: Api.Migration;
  live: boolean;
  revision: string;
  onChanged: () => Promise<void>;
}) {
  const page = useTargetPage({
    migrationId: props.migration.id,
    query: { blocked: ['question'] },
    pageSize: PAGE_SIZE,
    live: props.live,
    revision: props.revision,
  });
  if (!page.value) {
    return page.error ? (
      <ResponseErrorPanel error={page.error} />
    ) : (
      <LoadingRows label="Loading questions" />
    );
  }
  if (page.value.items.length === 0) {
    return (
      <EmptyNote title="No open questions">
        Where a rule cannot decide what a use should become, its owner is asked
        here.
      </EmptyNote>
    );
  }
  return (
    <div>
      {page.value.items.map(target => (
        <QuestionCard
          key={target.id}
          targetId={target.id}
          onChanged={props.onChanged}
        />
      ))}
      <PageButtons page={page} />
    </div>
  );
}

function QuestionCard(props: {
  targetId: string;
  onChanged: () => Promise<void>;
}) {
  const detail = useTargetDetail(props.targetId);
  return (
    <Paper variant="outlined" style={{ padding: 20, marginBottom: 16 }}>
      {detail.value ? (
        <>
          <TargetHeader target={detail.value.target} />
          <FindingsView detail={detail.value} onChanged={props.onChanged} />
        </>
      ) : (
        <>
          {detail.error ? (
            <ResponseErrorPanel error={detail.error} />
          ) : (
            <LoadingRows rows={3} />
          )}
        </>
      )}
    </Paper>
  );
}
