import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { PlanDialog } from '../Plan/PlanDialog';

/** What a migration would do here, and the ways to begin one. */
export function NoMigration(props: {
  overview: Api.DatasetOverview;
  /** True below a migration that ended. */
  again: boolean;
  onCreated: () => Promise<void> | void;
}) {
  const api = useMigrationApi();
  const refusals = usePermissionRefusals();
  const [pasting, setPasting] = useState(false);
  const { overview } = props;
  const create = useAction(async (plan: Api.PlanSource) => {
    await api.createMigration({ body: { dataset: overview.dataset, plan } });
    await props.onCreated();
  });
  const known = `${overview.consumersKnown}${
    overview.consumersTruncated ? ' or more' : ''
  } ${overview.consumersKnown === 1 ? 'consumer' : 'consumers'}`;
  return (
    <Paper variant="outlined" style={{ padding: 32, maxWidth: 860 }}>
      <Typography variant="h5" component="h2" gutterBottom>
        {props.again ? 'Begin another migration' : 'No migration yet'}
      </Typography>
      {overview.pending && (
        <Typography paragraph>
          <strong>
            Version {overview.pending.currentVersion} →{' '}
            {overview.pending.targetVersion} is pending.
          </strong>{' '}
          Found in {overview.pending.source}. {overview.pending.problem}
        </Typography>
      )}
      <Typography paragraph style={{ fontVariantNumeric: 'tabular-nums' }}>
        The catalog knows <strong>{known}</strong> of this dataset. A migration
        finds every place where they read it, writes the change for each in a
        simulation, proves that the results stay the same, asks the owners, and
        only then opens pull requests, a wave at a time. Making a draft changes
        nothing outside the portal.
      </Typography>
      {overview.planUrl && (
        <Typography variant="body2" color="textSecondary" paragraph>
          Plan of the dataset:{' '}
          <Link to={overview.planUrl}>{overview.planUrl}</Link>
        </Typography>
      )}
      <Box display="flex" style={{ gap: 12 }} mb={1}>
        {overview.planUrl && (
          <GatedButton
            variant="contained"
            color="primary"
            refusal={refusals.create}
            busy={create.busy}
            onClick={() => create.run({ from: 'annotation' })}
          >
            Start from the dataset's plan
          </GatedButton>
        )}
        {overview.planUrl ? (
          <Button onClick={() => setPasting(true)}>Use another plan…</Button>
        ) : (
          <GatedButton
            variant="contained"
            color="primary"
            refusal={refusals.create}
            onClick={() => setPasting(true)}
          >
            Give a plan…
          </GatedButton>
        )}
      </Box>
      <FailureNote
        what="Making the draft"
        error={create.error}
        advice="No migration was made."
      />
      <PlanDialog
        open={pasting}
        title="Begin with a plan"
        confirm="Make the draft"
        dataset={overview.dataset}
        refusal={refusals.create}
        onClose={() => setPasting(false)}
        onSubmit={async plan => {
          await api.createMigration({
            body: { dataset: overview.dataset, plan },
          });
          setPasting(false);
          await props.onCreated();
        }}
      />
    </Paper>
  );
}
