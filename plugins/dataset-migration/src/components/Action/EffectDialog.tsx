import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { MigrationAction } from '../../lib/migrationActions';
import { FailureNote } from '../Shared/FailureNote';
import { Field } from '../Shared/Field';
import { ChooseFailures } from './ChooseFailures';

/** From this many targets on a person types the number before anything is done. */
const TYPE_THE_NUMBER_ABOVE = 25;

/** Says in numbers what an action will do, and does it when a person says so. */
export function EffectDialog(props: {
  migrationId: string;
  action: MigrationAction | undefined;
  /** What failed alike and can run again, to choose from. */
  failures?: Api.FailureGroup[];
  onClose: () => void;
  onDone: (migration: Api.Migration) => void;
}) {
  const api = useMigrationApi();
  const { migrationId, action } = props;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [signatures, setSignatures] = useState<string[]>([]);
  const failures = props.failures?.filter(each => each.rerun > 0) ?? [];
  const effect = usePolled({
    key: action && `effect ${migrationId} ${action.id}`,
    load: signal =>
      api.previewMigrationAction(
        { path: { migrationId, action: action?.id ?? '' } },
        { signal },
      ),
  });
  const act = useAction(async () => {
    const result = await api.actOnMigration({
      path: { migrationId, action: action?.id ?? '' },
      body: {
        reason: reason.trim() || undefined,
        expectedTargets: effect.value?.targets,
        ...(signatures.length > 0 && { signatures }),
      },
    });
    props.onDone(result.migration);
  });
  useEffect(() => {
    setReason('');
    setTyped('');
    setSignatures([]);
  }, [action]);

  const numbers = effect.value;
  const mustType = (numbers?.targets ?? 0) > TYPE_THE_NUMBER_ABOVE;
  const ready =
    numbers?.allowed &&
    (!mustType || typed.trim() === String(numbers.targets)) &&
    (action?.reason !== 'required' || reason.trim() !== '');
  return (
    <Dialog
      open={action !== undefined}
      onClose={props.onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="effect-title"
    >
      <DialogTitle id="effect-title">{action?.label}</DialogTitle>
      <DialogContent>
        {numbers ? (
          <Typography paragraph style={{ fontVariantNumeric: 'tabular-nums' }}>
            {numbers.message}
          </Typography>
        ) : (
          !effect.error && <Skeleton height={32} />
        )}
        <FailureNote
          what="Counting what this would do"
          error={effect.error}
          onRetry={effect.reload}
        />
        {mustType && numbers && (
          <Field
            label={`Type ${numbers.targets} to confirm`}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            size="small"
            margin="dense"
            fullWidth
          />
        )}
        {failures.length > 0 && (
          <ChooseFailures
            failures={failures}
            chosen={signatures}
            onChange={setSignatures}
          />
        )}
        {action?.reason && (
          <Field
            label={action.reason === 'required' ? 'Why' : 'Why (optional)'}
            value={reason}
            onChange={event => setReason(event.target.value)}
            margin="dense"
            multiline
            minRows={2}
            fullWidth
            required={action.reason === 'required'}
          />
        )}
        <FailureNote
          what={action?.label ?? 'The action'}
          error={act.error}
          advice="Nothing was changed. If the numbers moved, close this and look again."
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Leave it</Button>
        <Button
          color="primary"
          variant="contained"
          disabled={!ready || act.busy}
          onClick={() => act.run()}
        >
          {action?.label}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
