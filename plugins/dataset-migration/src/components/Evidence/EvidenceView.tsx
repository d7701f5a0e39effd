import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api, RUNGS } from 'backstage-plugin-dataset-migration-common';
import { RUNG_TEXTS } from '../../lib/rungText';
import { EmptyNote } from '../Shared/EmptyNote';
import { ProofView } from './ProofView';
import { VerdictLine } from './VerdictLine';

/** The ladder of what was proved, and the details of each verifier. */
export function EvidenceView(props: { change: Api.Change | undefined }) {
  const { change } = props;
  if (!change) {
    return (
      <EmptyNote title="No evidence yet">
        Verifiers judge a change once a simulate run wrote it.
      </EmptyNote>
    );
  }
  if (change.evidence.length === 0) {
    return (
      <EmptyNote title="Nothing was verified">
        Verifiers judge what was written, and this run wrote nothing; the
        findings say why.
      </EmptyNote>
    );
  }
  const guards = change.evidence.filter(each => !each.rung);
  const proofs = change.evidence.filter(each => each.proof);
  return (
    <div>
      <Typography variant="subtitle2" component="h3" gutterBottom>
        {reached(change)}
      </Typography>
      <div role="list" aria-label="Verdicts">
        {RUNGS.map(rung => {
          const found = change.evidence.filter(each => each.rung === rung);
          return found.length > 0 ? (
            found.map((evidence, index) => (
              <VerdictLine
                key={`${rung}-${index}`}
                title={RUNG_TEXTS[rung]}
                evidence={evidence}
              />
            ))
          ) : (
            <VerdictLine key={rung} title={RUNG_TEXTS[rung]} />
          );
        })}
      </div>
      {guards.length > 0 && (
        <Box mt={2}>
          <Typography variant="subtitle2" component="h3" gutterBottom>
            Guards
          </Typography>
          <div role="list" aria-label="Guards">
            {guards.map((evidence, index) => (
              <VerdictLine
                key={index}
                title={evidence.verifier}
                evidence={evidence}
              />
            ))}
          </div>
        </Box>
      )}
      {proofs.map((evidence, index) => (
        <ProofView key={index} evidence={evidence} />
      ))}
    </div>
  );
}

function reached(change: Api.Change): string {
  const rung = RUNGS.find(each => each === change.rung);
  return rung
    ? `Reaches: ${RUNG_TEXTS[rung]}, under mapping version ${change.mappingVersion}`
    : `No rung of the ladder is reached, under mapping version ${change.mappingVersion}`;
}
