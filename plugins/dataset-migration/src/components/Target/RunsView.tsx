import { useState } from 'react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Button from '@material-ui/core/Button';
import { Api, RUN_STATES } from 'backstage-plugin-dataset-migration-common';
import { duration } from '../../lib/formatTime';
import { Tone } from '../../lib/progressSegments';
import { lookUp } from '../../lib/targetText';
import { EmptyNote } from '../Shared/EmptyNote';
import { RelativeTime } from '../Shared/RelativeTime';
import { StateChip } from '../Shared/StateChip';
import { RunLog } from './RunLog';

const TONES: Record<string, Tone> = {
  queued: 'waiting',
  leased: 'moving',
  running: 'moving',
  succeeded: 'good',
  failed: 'failing',
  cancelled: 'quiet',
};

/** Runs of a target, newest first, and the log of one of them. */
export function RunsView(props: { runs: Api.Run[] }) {
  const runs = [...props.runs].sort((a, b) => b.createdAt - a.createdAt);
  const [chosen, setChosen] = useState<string>();
  const shown = chosen ?? runs[0]?.id;
  if (!shown) {
    return (
      <EmptyNote title="No runs yet">
        Runs start when the migration simulates this target.
      </EmptyNote>
    );
  }
  return (
    <div>
      <Table size="small" aria-label="Runs">
        <TableHead>
          <TableRow>
            <TableCell>Run</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Attempt</TableCell>
            <TableCell>Began</TableCell>
            <TableCell align="right">Took</TableCell>
            <TableCell>Message</TableCell>
            <TableCell />
          </TableRow>
        </TableHead>
        <TableBody style={{ fontVariantNumeric: 'tabular-nums' }}>
          {runs.map(run => (
            <TableRow key={run.id} selected={run.id === shown}>
              <TableCell>{run.kind}</TableCell>
              <TableCell>
                <StateChip
                  word={run.state}
                  tone={TONES[run.state] ?? 'quiet'}
                  title={lookUp(RUN_STATES, run.state)}
                />
              </TableCell>
              <TableCell align="right">
                {run.attempt} of {run.maxAttempts}
              </TableCell>
              <TableCell>
                <RelativeTime at={run.startedAt ?? run.createdAt} />
              </TableCell>
              <TableCell align="right">
                {run.startedAt && run.endedAt
                  ? duration(run.endedAt - run.startedAt)
                  : '–'}
              </TableCell>
              <TableCell>
                {run.failure?.message ?? run.message}{' '}
                {run.failure && <code>{run.failure.signature}</code>}
              </TableCell>
              <TableCell align="right">
                <Button
                  size="small"
                  onClick={() => setChosen(run.id)}
                  aria-label={`Show the log of run ${run.kind}, attempt ${run.attempt}`}
                >
                  Log
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <RunLog key={shown} runId={shown} />
    </div>
  );
}
