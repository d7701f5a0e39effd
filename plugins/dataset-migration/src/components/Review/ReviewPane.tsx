import Box from '@material-ui/core/Box';
import { ResponseErrorPanel } from '@backstage/core-components';
import { useTargetDetail } from '../../hooks/useTargetDetail';
import { ChangeView } from '../Change/ChangeView';
import { LadderLine } from '../Evidence/LadderLine';
import { EvidenceView } from '../Evidence/EvidenceView';
import { LoadingRows } from '../Shared/LoadingRows';
import { FindingsView } from '../Target/FindingsView';
import { TargetActions } from '../Target/TargetActions';
import { TargetHeader } from '../Target/TargetHeader';
import { TargetWish } from '../../lib/targetActions';

/** Everything a decision needs on one screen: what, how sure, and the buttons. */
export function ReviewPane(props: {
  targetId: string;
  /** What a key asked for. */
  wish?: TargetWish;
  onChanged: () => Promise<void> | void;
}) {
  const detail = useTargetDetail(props.targetId);
  if (!detail.value) {
    return detail.error ? (
      <ResponseErrorPanel error={detail.error} />
    ) : (
      <LoadingRows rows={12} label="Loading the change" />
    );
  }
  const { change, target, approval } = detail.value;
  const changed = async () => {
    await detail.reload();
    await props.onChanged();
  };
  return (
    <div>
      <TargetHeader target={target} approval={approval} />
      <TargetActions
        detail={detail.value}
        wish={props.wish}
        onChanged={changed}
      />
      {change && change.evidence.length > 0 && <LadderLine change={change} />}
      {change && change.findings.length > 0 && (
        <FindingsView detail={detail.value} onChanged={changed} />
      )}
      <ChangeView change={change} />
      <Box mt={2}>
        <EvidenceView change={change} />
      </Box>
    </div>
  );
}
