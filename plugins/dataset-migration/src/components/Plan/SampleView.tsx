import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { Tone } from '../../lib/progressSegments';
import { differingCells } from '../../lib/differingCells';
import { RowsTable } from '../Evidence/RowsTable';
import { ReasonLink } from '../Shared/ReasonLink';
import { RelativeTime } from '../Shared/RelativeTime';
import { StateChip } from '../Shared/StateChip';

interface Summary {
  word: string;
  tone: Tone;
}

function summaryOf(sample: Api.PlanSample | undefined): Summary {
  switch (sample?.mapping?.verdict) {
    case 'passed':
      return { word: 'mapping checked', tone: 'good' };
    case 'failed':
      return { word: 'mapping differs', tone: 'failing' };
    default:
      return { word: 'not checked on real data', tone: 'quiet' };
  }
}

/** What real data says of the mapping itself and of both contracts, once for each plan. */
export function SampleView({ sample }: { sample?: Api.PlanSample }) {
  const { word, tone } = summaryOf(sample);
  const drift = sample?.drift ?? [];
  const example = sample?.mapping?.counterexample;
  return (
    <Box mb={3}>
      <Typography variant="subtitle2" gutterBottom>
        Real data
      </Typography>
      <Typography variant="body2" component="div">
        <StateChip word={word} tone={tone} />{' '}
        {sample ? (
          <>
            on {sample.connection} <RelativeTime at={sample.checkedAt} />.{' '}
            {sample.error ?? sample.mapping?.message}{' '}
            {sample.mapping?.reason && (
              <ReasonLink reason={sample.mapping.reason} />
            )}
          </>
        ) : (
          'No connection to real data is configured for this dataset.'
        )}
      </Typography>
      {sample?.tables && sample.tables.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          Read{' '}
          {sample.tables
            .map(
              ({ name, rows, complete }) =>
                `${rows} ${rows === 1 ? 'row' : 'rows'} of ${name}${
                  complete ? '' : ', which has more'
                }`,
            )
            .join('; ')}
          .
        </Typography>
      )}
      {drift.length > 0 && (
        <ul aria-label="Drift between contracts and real data">
          {drift.map(({ side, field, code, severity, message }) => (
            <li key={`${side} ${field} ${code}`}>
              <Typography variant="body2">
                {severity === 'error' ? 'Error' : 'Warning'} in the{' '}
                {side === 'from' ? 'old' : 'new'} version: {message}{' '}
                <ReasonLink reason={code} />
              </Typography>
            </li>
          ))}
        </ul>
      )}
      {example && (
        <Box display="flex" flexWrap="wrap" mt={1} style={{ gap: 24 }}>
          <RowsTable
            caption="Rows of the old version"
            table={example.old}
            marked={differingCells(example.old, example.new).old}
          />
          <RowsTable
            caption="The same rows by the mapping"
            table={example.new}
            marked={differingCells(example.old, example.new).new}
          />
        </Box>
      )}
    </Box>
  );
}
