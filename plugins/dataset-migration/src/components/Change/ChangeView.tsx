import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { EmptyNote } from '../Shared/EmptyNote';
import { RelativeTime } from '../Shared/RelativeTime';
import { DiffLayout, FileDiff } from './FileDiff';

/** Every file of a change, side by side or unified. */
export function ChangeView(props: { change: Api.Change | undefined }) {
  const [layout, setLayout] = useState<DiffLayout>('split');
  const { change } = props;
  if (!change) {
    return (
      <EmptyNote title="No change yet">
        A simulate run writes it; nothing is changed in the repository by that.
      </EmptyNote>
    );
  }
  return (
    <div>
      <Box display="flex" alignItems="center" mb={1.5} style={{ gap: 16 }}>
        <Typography variant="body2" color="textSecondary" style={{ flex: 1 }}>
          Change {change.number} on{' '}
          <code>{change.baseCommit.slice(0, 10)}</code>, mapping version{' '}
          {change.mappingVersion}, <RelativeTime at={change.createdAt} />
        </Typography>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={layout}
          onChange={(_, value: DiffLayout | undefined) =>
            value && setLayout(value)
          }
          aria-label="Layout of the difference"
        >
          <ToggleButton value="split">Side by side</ToggleButton>
          <ToggleButton value="unified">Unified</ToggleButton>
        </ToggleButtonGroup>
      </Box>
      {change.files.length === 0 && (
        <EmptyNote title="No file changes">
          This consumer needs no edit; the findings say why.
        </EmptyNote>
      )}
      {change.files.map(file => (
        <FileDiff key={file.path} file={file} layout={layout} />
      ))}
    </div>
  );
}
