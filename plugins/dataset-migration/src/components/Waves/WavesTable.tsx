import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { Tone } from '../../lib/progressSegments';
import { errorText } from '../../lib/rolloutText';
import { shortRef } from '../../lib/targetText';
import { RelativeTime } from '../Shared/RelativeTime';
import { StateChip } from '../Shared/StateChip';

const STATES: Record<Api.Wave['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'not open', tone: 'waiting' },
  open: { word: 'open', tone: 'moving' },
  soaking: { word: 'soaking', tone: 'good-faint' },
  through: { word: 'through', tone: 'good' },
};

const HEALTH: Record<Api.Wave['health'], { word: string; tone: Tone }> = {
  healthy: { word: 'healthy', tone: 'good' },
  unhealthy: { word: 'unhealthy', tone: 'failing' },
  unknown: { word: 'unknown', tone: 'quiet' },
};

/** Each wave with its numbers. */
export function WavesTable(props: { waves: Api.Wave[] }) {
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label="Waves">
        <TableHead>
          <TableRow>
            <TableCell>Wave</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Consumers</TableCell>
            <TableCell align="right">Published</TableCell>
            <TableCell align="right">Merged</TableCell>
            <TableCell>Health</TableCell>
            <TableCell>Errors</TableCell>
            <TableCell>Opened</TableCell>
          </TableRow>
        </TableHead>
        <TableBody
          style={{ fontVariantNumeric: 'tabular-nums', verticalAlign: 'top' }}
        >
          {props.waves.map(wave => (
            <TableRow key={wave.wave}>
              <TableCell>
                {wave.wave}
                {wave.name && ` · ${wave.name}`}
              </TableCell>
              <TableCell>
                <StateChip {...STATES[wave.state]} />
              </TableCell>
              <TableCell align="right">
                {wave.targets}
                {wave.counted < wave.targets && (
                  <Caption>{wave.counted} to publish</Caption>
                )}
              </TableCell>
              <TableCell align="right">{wave.published}</TableCell>
              <TableCell align="right">
                {wave.merged}
                <Caption>
                  {wave.needed} needed
                  {wave.stragglers > 0 && `, ${wave.stragglers} still open`}
                </Caption>
              </TableCell>
              <TableCell>
                {wave.merged > 0 && <StateChip {...HEALTH[wave.health]} />}
              </TableCell>
              <TableCell>
                <span title={wave.errors.message}>
                  {errorText(wave.errors) ?? '–'}
                </span>
              </TableCell>
              <TableCell>
                {wave.openedAt !== undefined && (
                  <>
                    <RelativeTime at={wave.openedAt} />
                    <Caption>
                      {wave.openedBy === 'system'
                        ? 'by itself'
                        : `by ${shortRef(wave.openedBy ?? '')}`}
                      {wave.reason && `: ${wave.reason}`}
                    </Caption>
                  </>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Caption(props: { children: React.ReactNode }) {
  return (
    <Typography variant="caption" color="textSecondary" component="div">
      {props.children}
    </Typography>
  );
}
