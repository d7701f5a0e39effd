import Box from '@material-ui/core/Box';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { CounterexampleView } from './CounterexampleView';
import { VerdictIcon } from './VerdictLine';

const NUMBER = { fontVariantNumeric: 'tabular-nums' } as const;

/** What an equivalence proof compared, and the smallest difference where it found one. */
export function ProofView(props: { proof: Api.EquivalenceProof }) {
  const { proof } = props;
  return (
    <Box mt={3}>
      <Typography variant="subtitle2" gutterBottom>
        {proof.cases.every(each => each.verdict === 'passed')
          ? 'Equivalent'
          : 'Compared'}{' '}
        under mapping version {proof.mappingVersion}
      </Typography>
      <Typography
        variant="body2"
        color="textSecondary"
        paragraph
        style={NUMBER}
      >
        {proof.mutants.killed} of {proof.mutants.generated} wrong rewrites were
        told apart; seed {proof.seed}.
        {proof.opaqueFunctions.length > 0 &&
          ` Compared as unknown functions: ${proof.opaqueFunctions.join(
            ', ',
          )}.`}
        {proof.errorsNotCompared &&
          ' Errors that rows raise were not compared.'}
      </Typography>
      <Table size="small" aria-label="Compared queries">
        <TableHead>
          <TableRow>
            <TableCell padding="none" />
            <TableCell>Query</TableCell>
            <TableCell align="right">Input rows</TableCell>
            <TableCell align="right">Output rows</TableCell>
            <TableCell>Note</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {proof.cases.map((each, index) => (
            <TableRow key={index}>
              <TableCell padding="none">
                <VerdictIcon verdict={each.verdict} />
              </TableCell>
              <TableCell>
                <code>{each.path}</code> {each.label}
              </TableCell>
              <TableCell align="right" style={NUMBER}>
                {Object.values(each.inputRows).reduce((a, b) => a + b, 0)}
              </TableCell>
              <TableCell align="right" style={NUMBER}>
                {each.outputRows}
              </TableCell>
              <TableCell>
                {each.message} {each.reason && <code>{each.reason}</code>}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {proof.cases.map(
        (each, index) =>
          each.counterexample && (
            <CounterexampleView
              key={index}
              title={`${each.path}, ${each.label}`}
              counterexample={each.counterexample}
            />
          ),
      )}
    </Box>
  );
}
