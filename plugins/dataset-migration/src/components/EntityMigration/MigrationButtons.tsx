import { useState } from 'react';
import Box from '@material-ui/core/Box';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import Typography from '@material-ui/core/Typography';
import MoreIcon from '@material-ui/icons/MoreVert';
import Skeleton from '@material-ui/lab/Skeleton';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { useReviewRefusal } from '../../hooks/useReviewRefusal';
import { useUrlState } from '../../hooks/useUrlState';
import { MigrationAction, menuActions } from '../../lib/migrationActions';
import { NextStep, ReviewStep, chooseStep } from '../../lib/nextSteps';
import { EffectDialog } from '../Action/EffectDialog';
import { NextStepButton } from './NextStepButton';

/** The next step that this person can take as the one primary button, and the rest in a menu. */
export function MigrationButtons(props: {
  migration: Api.Migration;
  rollout?: Api.Rollout;
  onChanged: () => Promise<void> | void;
}) {
  const { migration } = props;
  const refusals = usePermissionRefusals();
  const review = useReviewRefusal(migration);
  const url = useUrlState();
  const [menuAt, setMenuAt] = useState<Element>();
  const [asking, setAsking] = useState<MigrationAction>();
  const { primary, refusal, others } = chooseStep(
    migration,
    refusals,
    review.refusal,
  );
  const openReview = (step: ReviewStep) =>
    url.set({ view: step.view, target: undefined });
  const rest: NextStep[] = [
    ...others,
    ...menuActions(migration).map(
      action => ({ kind: 'action', action, effect: '' } as const),
    ),
  ];
  return (
    <Box display="flex" alignItems="center" style={{ gap: 8 }}>
      {/* A button that becomes another one under the hand is worse than none. */}
      {(refusals.loading || review.loading) && primary && (
        <Skeleton variant="rect" width={128} height={36} />
      )}
      {!refusals.loading && !review.loading && primary && (
        <NextStepButton
          step={primary}
          refusal={refusal}
          onReview={openReview}
          onAction={setAsking}
        />
      )}
      {rest.length > 0 && (
        <IconButton
          aria-label="More actions on this migration"
          aria-haspopup="menu"
          onClick={event => setMenuAt(event.currentTarget)}
        >
          <MoreIcon />
        </IconButton>
      )}
      <Menu
        anchorEl={menuAt}
        open={menuAt !== undefined}
        onClose={() => setMenuAt(undefined)}
      >
        {rest.map(step => {
          const denied =
            step.kind === 'action'
              ? refusals[step.action.permission]
              : undefined;
          return (
            <MenuItem
              key={step.kind === 'action' ? step.action.id : step.view}
              disabled={denied !== undefined}
              onClick={() => {
                setMenuAt(undefined);
                if (step.kind === 'action') {
                  setAsking(step.action);
                } else {
                  openReview(step);
                }
              }}
            >
              <div>
                {step.kind === 'action' ? step.action.label : step.label}
                {denied && (
                  <Typography variant="caption" component="div">
                    {denied}
                  </Typography>
                )}
              </div>
            </MenuItem>
          );
        })}
      </Menu>
      <EffectDialog
        migrationId={migration.id}
        action={asking}
        failures={asking?.id === 'resume' ? props.rollout?.failures : undefined}
        onClose={() => setAsking(undefined)}
        onDone={async () => {
          setAsking(undefined);
          await props.onChanged();
        }}
      />
    </Box>
  );
}
