import { useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Checkbox from '@material-ui/core/Checkbox';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { usePolled } from '../../hooks/usePolled';
import { shortRef } from '../../lib/targetText';
import { FailureNote } from '../Shared/FailureNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { Field } from '../Shared/Field';

const REST = 350;

/** Datasets by text filter, with boxes; what is chosen stays chosen when the filter changes. */
export function DatasetChooser(props: {
  chosen: string[];
  onChange: (datasets: string[]) => void;
}) {
  const api = useMigrationApi();
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), REST);
    return () => clearTimeout(timer);
  }, [text]);
  const found = usePolled({
    key: `candidates ${settled}`,
    load: signal =>
      api.listCampaignCandidates(
        { body: settled ? { text: settled } : {} },
        { signal },
      ),
  });
  const items = found.value?.items ?? [];
  const refs = items.map(item => item.dataset);
  const allChosen =
    refs.length > 0 && refs.every(ref => props.chosen.includes(ref));
  const toggle = (ref: string) =>
    props.onChange(
      props.chosen.includes(ref)
        ? props.chosen.filter(each => each !== ref)
        : [...props.chosen, ref],
    );
  const toggleAll = () =>
    props.onChange(
      allChosen
        ? props.chosen.filter(ref => !refs.includes(ref))
        : [...new Set([...props.chosen, ...refs])],
    );
  return (
    <div>
      <Box display="flex" alignItems="center" mb={1} style={{ gap: 16 }}>
        <Field
          label="Find datasets"
          value={text}
          onChange={event => setText(event.target.value)}
          size="small"
          type="search"
        />
        <Typography variant="body2" color="textSecondary" aria-live="polite">
          {props.chosen.length} chosen, {items.length} shown
          {found.value?.truncated && ' of more: narrow the text'}
        </Typography>
      </Box>
      <FailureNote
        what="Looking for datasets"
        error={found.error}
        onRetry={found.reload}
      />
      {found.loading && <LoadingRows rows={4} />}
      {found.value && items.length === 0 && (
        <Typography variant="body2">No dataset matches.</Typography>
      )}
      {items.length > 0 && (
        <Box maxHeight="40vh" overflow="auto">
          <Table size="small" stickyHeader aria-label="Datasets to choose">
            <TableHead>
              <TableRow>
                <TableCell padding="checkbox">
                  <Checkbox
                    color="primary"
                    checked={allChosen}
                    indeterminate={
                      !allChosen && refs.some(ref => props.chosen.includes(ref))
                    }
                    onChange={toggleAll}
                    inputProps={{ 'aria-label': 'Choose all shown' }}
                  />
                </TableCell>
                <TableCell>Dataset</TableCell>
                <TableCell>Version</TableCell>
                <TableCell>Plan</TableCell>
              </TableRow>
            </TableHead>
            <TableBody style={{ fontVariantNumeric: 'tabular-nums' }}>
              {items.map(item => (
                <TableRow
                  key={item.dataset}
                  hover
                  onClick={() => toggle(item.dataset)}
                  style={{ cursor: 'pointer' }}
                >
                  <TableCell padding="checkbox">
                    <Checkbox
                      color="primary"
                      checked={props.chosen.includes(item.dataset)}
                      inputProps={{ 'aria-label': `Choose ${item.dataset}` }}
                    />
                  </TableCell>
                  <TableCell title={item.dataset}>
                    {item.title ?? shortRef(item.dataset)}
                  </TableCell>
                  <TableCell>
                    {item.currentVersion
                      ? `${item.currentVersion} → ${item.targetVersion ?? '?'}`
                      : '–'}
                  </TableCell>
                  <TableCell>
                    {item.migrationId
                      ? 'has a migration'
                      : planText(item.planUrl)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      )}
    </div>
  );
}

function planText(planUrl: string | undefined): string {
  return planUrl ? 'has a plan' : 'no plan yet';
}
