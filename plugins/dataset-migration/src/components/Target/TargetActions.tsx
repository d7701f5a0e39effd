import { useEffect, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import {
  TargetAction,
  TargetWish,
  targetActions,
} from '../../lib/targetActions';
import { ReasonDialog } from '../Action/ReasonDialog';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';

/** What a person may do with a target now. An approval names the digest on the screen. */
export function TargetActions(props: {
  detail: Api.TargetDetail;
  /** What a key asked for. */
  wish?: TargetWish;
  onChanged: () => Promise<void> | void;
}) {
  const api = useMigrationApi();
  const [asking, setAsking] = useState<TargetAction>();
  const { detail } = props;
  const act = useAction(
    async (action: TargetAction, body: Api.TargetActionRequest) => {
      await api.actOnTarget({
        path: { targetId: detail.target.id, action: action.id },
        body,
      });
      await props.onChanged();
    },
  );
  const actions = targetActions(detail);
  const begin = (action: TargetAction) => {
    if (action.refusal || act.busy) {
      return;
    }
    if (action.asks) {
      setAsking(action);
    } else {
      act.run(
        action,
        action.id === 'approve' ? { digest: detail.change?.digest } : {},
      );
    }
  };
  const latest = useRef(() => {});
  latest.current = () => {
    const wished = actions.find(action => action.id === props.wish?.action);
    if (wished) {
      begin(wished);
    }
  };
  const wishedAt = props.wish?.at;
  useEffect(() => {
    if (wishedAt !== undefined) {
      latest.current();
    }
  }, [wishedAt]);

  if (actions.length === 0) {
    return null;
  }
  return (
    <Box mb={2}>
      <Box display="flex" flexWrap="wrap" style={{ gap: 8 }}>
        {actions.map(action => (
          <GatedButton
            key={action.id}
            size="small"
            variant={action.primary ? 'contained' : 'outlined'}
            color={action.primary ? 'primary' : 'default'}
            refusal={action.refusal}
            busy={act.busy}
            onClick={() => begin(action)}
          >
            {action.label}
          </GatedButton>
        ))}
      </Box>
      {!asking && (
        <Box mt={1}>
          <FailureNote what="The action" error={act.error} />
        </Box>
      )}
      <ReasonDialog
        open={asking !== undefined}
        title={asking?.label ?? ''}
        message={asking?.explanation ?? ''}
        label={asking?.asks === 'note' ? 'What should be different' : 'Reason'}
        confirm={asking?.label.replace('…', '') ?? ''}
        busy={act.busy}
        error={act.error}
        onClose={() => {
          setAsking(undefined);
          act.clear();
        }}
        onConfirm={async text => {
          if (
            asking &&
            (await act.run(asking, { [asking.asks ?? 'note']: text }))
          ) {
            setAsking(undefined);
          }
        }}
      />
    </Box>
  );
}
