import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Api,
  MIGRATION_STATES,
} from 'backstage-plugin-dataset-migration-common';
import { useUrlState } from '../../hooks/useUrlState';
import { dueText } from '../../lib/formatTime';
import { rolloutLine } from '../../lib/rolloutText';
import { ProgressBar } from '../Shared/ProgressBar';
import { useTones } from '../Shared/useTones';
import { MigrationButtons } from './MigrationButtons';

/** Title, deadline, where the targets are, what goes on, and the next step. */
export function MigrationHeader(props: {
  migration: Api.Migration;
  /** Absent before it was read, and while the plan has errors. */
  rollout?: Api.Rollout;
  onChanged: () => Promise<void> | void;
}) {
  const { migration } = props;
  const tones = useTones();
  const url = useUrlState();
  const due = migration.deadline ? dueText(migration.deadline) : undefined;
  return (
    <Paper
      variant="outlined"
      style={{ padding: '16px 20px', marginBottom: 16 }}
    >
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        style={{ gap: 16 }}
        mb={1.5}
      >
        <Box flex="1 1 20em">
          <Typography variant="h5" component="h2" style={{ marginBottom: 0 }}>
            {migration.title}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {migration.targetDataset && (
              <>
                to <EntityRefLink entityRef={migration.targetDataset} />
              </>
            )}
            {due && (
              <span style={{ color: due.late ? tones.failing : undefined }}>
                {migration.targetDataset && ' · '}
                {due.text}
              </span>
            )}
          </Typography>
        </Box>
        <MigrationButtons
          migration={migration}
          rollout={props.rollout}
          onChanged={props.onChanged}
        />
      </Box>
      {migration.progress.total > 0 && (
        <ProgressBar
          progress={migration.progress}
          linkTo={segment =>
            url.link({
              view: 'consumers',
              target: undefined,
              state: undefined,
              outcome: undefined,
              blocked: undefined,
              ...segment.filter,
            })
          }
        />
      )}
      <Typography
        variant="body2"
        aria-live="polite"
        style={{ marginTop: 8, fontVariantNumeric: 'tabular-nums' }}
      >
        {migration.progress.phase}
        {(migration.state === 'paused' || migration.state === 'halted') &&
          ` · ${MIGRATION_STATES[migration.state]}`}
        {migration.reason && ` · ${migration.reason}`}
      </Typography>
      {props.rollout && migration.progress.total > 0 && (
        <Typography
          variant="body2"
          color="textSecondary"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          <Link to={url.link({ view: 'waves', target: undefined })}>
            {rolloutLine(props.rollout)}
          </Link>
        </Typography>
      )}
    </Paper>
  );
}
