import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { RelativeTime } from '../Shared/RelativeTime';
import { useTones } from '../Shared/useTones';

/** The numbers that tripped the breaker, what it takes back, and whether people went on. */
export function HaltNote(props: { halt: Api.Halt }) {
  const { halt } = props;
  const tones = useTones();
  const standing = halt.decidedAt === undefined;
  return (
    <Paper
      variant="outlined"
      style={{
        padding: '8px 16px',
        marginBottom: 16,
        borderColor: standing ? tones.failing : undefined,
      }}
    >
      <Typography variant="body2">
        Halted <RelativeTime at={halt.at} />. {halt.message}.
        {halt.takingBack === 'wave' &&
          ' What the wave published is taken back.'}
        {halt.takingBack === 'all' && ' Everything is taken back.'}
        {halt.decidedAt !== undefined && (
          <>
            {' '}
            People went on <RelativeTime at={halt.decidedAt} />.
          </>
        )}
      </Typography>
    </Paper>
  );
}
