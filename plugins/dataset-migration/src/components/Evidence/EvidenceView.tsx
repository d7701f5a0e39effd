import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api, RUNGS } from 'backstage-plugin-dataset-migration-common';
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
  const guards = change.evidence.filter(each => !each.rung);
  const proofs = change.evidence.filter(each => each.proof);
  return (
    <div>
      <Typography variant="subtitle2" gutterBottom>
        How far the change is proved
        {change.rung ? `: ${change.rung}` : ''}
      </Typography>
      {RUNGS.map(rung => {
        const found = change.evidence.filter(each => each.rung === rung);
        return found.length > 0 ? (
          found.map((evidence, index) => (
            <VerdictLine
              key={`${rung}-${index}`}
              title={rung}
              evidence={evidence}
            />
          ))
        ) : (
          <VerdictLine key={rung} title={rung} />
        );
      })}
      {guards.length > 0 && (
        <Box mt={2}>
          <Typography variant="subtitle2" gutterBottom>
            Guards
          </Typography>
          {guards.map((evidence, index) => (
            <VerdictLine
              key={index}
              title={evidence.verifier}
              evidence={evidence}
            />
          ))}
        </Box>
      )}
      {proofs.map(
        (evidence, index) =>
          evidence.proof && <ProofView key={index} proof={evidence.proof} />,
      )}
    </div>
  );
}
