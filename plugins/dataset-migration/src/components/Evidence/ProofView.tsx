import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { proofTitle } from '../../lib/proofTitle';
import { CasesTable } from './CasesTable';
import { CounterexampleView } from './CounterexampleView';
import { ProofFacts } from './ProofFacts';

/** What was compared and how much that says; where old and new differ, that comes first. */
export function ProofView(props: { evidence: Api.Evidence }) {
  const { proof } = props.evidence;
  if (!proof) {
    return null;
  }
  return (
    <Box mt={3}>
      <Typography variant="subtitle2" component="h3" gutterBottom>
        {proofTitle(props.evidence)}
      </Typography>
      {proof.cases.map(
        (each, index) =>
          each.counterexample && (
            <CounterexampleView
              key={index}
              title={[each.path, each.label].filter(Boolean).join(', ')}
              counterexample={each.counterexample}
            />
          ),
      )}
      <ProofFacts proof={proof} />
      {proof.cases.length > 0 && <CasesTable cases={proof.cases} />}
    </Box>
  );
}
