import { useState } from 'react';
import Box from '@material-ui/core/Box';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import Typography from '@material-ui/core/Typography';
import MoreIcon from '@material-ui/icons/MoreVert';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { usePermissionRefusals } from '../../hooks/usePermissionRefusals';
import { useUrlState } from '../../hooks/useUrlState';
import {
  MigrationAction,
  menuActions,
  primaryAction,
} from '../../lib/migrationActions';
import { EffectDialog } from '../Action/EffectDialog';
import { GatedButton } from '../Shared/GatedButton';

/** The next sensible step as the one primary button, and the rest in a menu. */
export function MigrationButtons(props: {
  migration: Api.Migration;
  onChanged: () => Promise<void> | void;
}) {
  const { migration } = props;
  const refusals = usePermissionRefusals();
  const url = useUrlState();
  const [menuAt, setMenuAt] = useState<Element>();
  const [asking, setAsking] = useState<MigrationAction>();
  const primary = primaryAction(migration);
  const rest = menuActions(migration);
  return (
    <Box display="flex" alignItems="center" style={{ gap: 8 }}>
      {migration.nextStep.action === 'review' && (
        <GatedButton
          variant="contained"
          color="primary"
          title={migration.nextStep.effect}
          onClick={() => url.set({ view: 'review', target: undefined })}
        >
          {migration.nextStep.label}
        </GatedButton>
      )}
      {primary && (
        <GatedButton
          variant="contained"
          color="primary"
          title={migration.nextStep.effect}
          refusal={
            migration.state === 'draft' && migration.planErrors > 0
              ? 'Correct the errors of the plan first.'
              : refusals[primary.permission]
          }
          onClick={() => setAsking(primary)}
        >
          {primary.label}
        </GatedButton>
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
        {rest.map(action => (
          <MenuItem
            key={action.id}
            disabled={refusals[action.permission] !== undefined}
            onClick={() => {
              setMenuAt(undefined);
              setAsking(action);
            }}
          >
            <div>
              {action.label}
              {refusals[action.permission] && (
                <Typography variant="caption" component="div">
                  {refusals[action.permission]}
                </Typography>
              )}
            </div>
          </MenuItem>
        ))}
      </Menu>
      <EffectDialog
        migrationId={migration.id}
        action={asking}
        onClose={() => setAsking(undefined)}
        onDone={async () => {
          setAsking(undefined);
          await props.onChanged();
        }}
      />
    </Box>
  );
}
