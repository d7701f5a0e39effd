import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { Polled } from '../../hooks/usePolled';
import { MigrationAction } from '../../lib/migrationActions';
import { EffectDialog } from '../Action/EffectDialog';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { LoadingRows } from '../Shared/LoadingRows';
import { HaltNote } from './HaltNote';
import { WavesTable } from './WavesTable';

/** The waves of a migration: where each is, why the next is not open, and when it could be. */
export function WavesView(props: {
  migration: Api.Migration;
  rollout: Polled<Api.Rollout>;
  onChanged: () => Promise<void>;
}) {
  const { migration, rollout } = props;
  const refusals = usePermissionRefusals();
  const [asking, setAsking] = useState<MigrationAction>();
  const { value } = rollout;
  if (!value) {
    return rollout.error ? (
      <FailureNote
        what="Reading the waves"
        error={rollout.error}
        onRetry={rollout.reload}
      />
    ) : (
      <LoadingRows rows={4} label="Loading the waves" />
    );
  }
  const { next, openWave } = value;
  const mayOpen = migration.state === 'active' && next && openWave > 0;
  return (
    <>
      {value.halt && <HaltNote halt={value.halt} />}
      <Box display="flex" alignItems="center" mb={1} style={{ gap: 16 }}>
        <Typography
          variant="body2"
          aria-live="polite"
          style={{ flex: 1, fontVariantNumeric: 'tabular-nums' }}
        >
          {value.proposed &&
            'The plan has no waves: a pilot of five goes first. '}
          {next ? `Wave ${next.wave}: ${next.message}.` : 'All waves are open.'}
        </Typography>
        {mayOpen && (
          <GatedButton
            refusal={refusals.publish}
            onClick={() =>
              setAsking({
                id: 'publish',
                label: `Open wave ${next.wave} now`,
                reason: 'required',
                permission: 'publish',
              })
            }
          >
            Open wave {next.wave} now…
          </GatedButton>
        )}
      </Box>
      <WavesTable waves={value.waves} />
      <EffectDialog
        migrationId={migration.id}
        action={asking}
        onClose={() => setAsking(undefined)}
        onDone={async () => {
          setAsking(undefined);
          await rollout.reload();
          await props.onChanged();
        }}
      />
    </>
  );
}
