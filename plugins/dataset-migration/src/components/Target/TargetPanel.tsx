import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTargetDetail } from '../../hooks/useTargetDetail';
import { ChangeView } from '../Change/ChangeView';
import { EvidenceView } from '../Evidence/EvidenceView';
import { FailureNote } from '../Shared/FailureNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { ActivityList } from '../Activity/ActivityList';
import { UsageView } from '../Usage/UsageView';
import { FindingsView } from './FindingsView';
import { RunsView } from './RunsView';
import { TargetActions } from './TargetActions';
import { TargetHeader } from './TargetHeader';

type Part = 'change' | 'usage' | 'findings' | 'evidence' | 'runs' | 'activity';

/** One consumer inside the migration: where it is, what to do, and everything behind it. */
export function TargetPanel(props: {
  targetId: string;
  onChanged: () => void;
}) {
  const detail = useTargetDetail(props.targetId);
  const [chosen, setChosen] = useState<Part>();

  if (!detail.value) {
    return detail.error ? (
      <ResponseErrorPanel error={detail.error} />
    ) : (
      <LoadingRows rows={10} label="Loading the target" />
    );
  }
  const changed = async () => {
    await detail.reload();
    props.onChanged();
  };
  const part = chosen ?? firstPart(detail.value);
  const { target, change, runs } = detail.value;
  return (
    <div>
      <TargetHeader target={target} approval={detail.value.approval} />
      <FailureNote
        what="Refreshing the target"
        error={detail.error}
        advice="What you see may be old."
        onRetry={detail.reload}
      />
      <TargetActions detail={detail.value} onChanged={changed} />
      <Tabs
        value={part}
        onChange={(_, value: Part) => setChosen(value)}
        indicatorColor="primary"
        aria-label="Parts of the target"
      >
        <Tab value="change" label={count('Change', change?.files.length)} />
        <Tab
          value="usage"
          label={count('What it reads', change?.uses.length)}
        />
        <Tab
          value="findings"
          label={count('Findings', change?.findings.length)}
        />
        <Tab value="evidence" label="Evidence" />
        <Tab value="runs" label={count('Runs', runs.length)} />
        <Tab value="activity" label="Activity" />
      </Tabs>
      <Box pt={2}>
        {part === 'change' && <ChangeView change={change} />}
        {part === 'usage' && <UsageView change={change} />}
        {part === 'findings' && (
          <FindingsView detail={detail.value} onChanged={changed} />
        )}
        {part === 'evidence' && <EvidenceView change={change} />}
        {part === 'runs' && <RunsView runs={runs} />}
        {part === 'activity' && (
          <ActivityList
            migrationId={target.migrationId}
            targetId={target.id}
            live
          />
        )}
      </Box>
    </div>
  );
}

function count(label: string, items: number | undefined): string {
  return items ? `${label} ${items}` : label;
}

function firstPart(detail: Api.TargetDetail): Part {
  if (detail.target.blocked === 'question') {
    return 'findings';
  }
  if (detail.change?.files.length) {
    return 'change';
  }
  if (detail.change?.findings.length) {
    return 'findings';
  }
  return detail.runs.length > 0 ? 'runs' : 'change';
}
