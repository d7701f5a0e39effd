import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Link, ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { usePolled } from '../../hooks/usePolled';
import { shortRef } from '../../lib/targetText';
import { LoadingRows } from '../Shared/LoadingRows';
import { NumberedText } from '../Shared/NumberedText';
import { RelativeTime } from '../Shared/RelativeTime';
import { GatedButton } from '../Shared/GatedButton';
import { MappingTable } from './MappingTable';
import { PlanDialog } from './PlanDialog';
import { SampleView } from './SampleView';

/** The plan with its problems at their lines, and the mapping it makes. */
export function PlanView(props: {
  migration: Api.Migration;
  onChanged: () => Promise<void> | void;
}) {
  const api = useMigrationApi();
  const refusals = usePermissionRefusals();
  const [editing, setEditing] = useState(false);
  const [showText, setShowText] = useState(false);
  const { migration } = props;
  const path = { migrationId: migration.id };
  const plan = usePolled({
    key: `plan ${migration.id} ${migration.planVersion}`,
    load: signal => api.getPlan({ path }, { signal }),
  });
  if (!plan.value) {
    return plan.error ? (
      <ResponseErrorPanel error={plan.error} />
    ) : (
      <LoadingRows rows={12} label="Loading the plan" />
    );
  }
  const { text, problems, fields, version, createdAt, createdBy } = plan.value;
  const editable = !['ended', 'rolling-back'].includes(migration.state);
  const textShown = showText || problems.length > 0 || fields.length === 0;
  return (
    <div>
      <Box display="flex" alignItems="center" mb={2} style={{ gap: 12 }}>
        <Typography variant="body2" color="textSecondary" style={{ flex: 1 }}>
          Version {version} by {shortRef(createdBy)}{' '}
          <RelativeTime at={createdAt} />
          {plan.value.url && (
            <>
              , from <Link to={plan.value.url}>{plan.value.url}</Link>
            </>
          )}
        </Typography>
        {problems.length === 0 && fields.length > 0 && (
          <Button size="small" onClick={() => setShowText(!showText)}>
            {showText ? 'Hide the text' : 'Show the text'}
          </Button>
        )}
        {editable && (
          <GatedButton
            size="small"
            variant="outlined"
            refusal={refusals.create}
            onClick={() => setEditing(true)}
          >
            Edit plan…
          </GatedButton>
        )}
      </Box>
      {textShown && (
        <Box mb={3}>
          <NumberedText text={text} problems={problems} label="Plan text" />
        </Box>
      )}
      {fields.length > 0 && <SampleView sample={plan.value.sample} />}
      <MappingTable fields={fields} where={plan.value.where} />
      <PlanDialog
        open={editing}
        title={`Edit the plan (version ${version})`}
        confirm="Save as a new version"
        dataset={migration.dataset}
        text={text}
        onClose={() => setEditing(false)}
        onSubmit={async body => {
          await api.updatePlan({ path, body });
          setEditing(false);
          await props.onChanged();
          await plan.reload();
        }}
      />
    </div>
  );
}
