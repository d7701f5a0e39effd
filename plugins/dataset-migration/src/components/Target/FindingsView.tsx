import Box from '@material-ui/core/Box';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { placeText } from '../../lib/fieldUses';
import { openQuestions } from '../../lib/openQuestions';
import { EmptyNote } from '../Shared/EmptyNote';
import { ReasonLink } from '../Shared/ReasonLink';
import { StateChip } from '../Shared/StateChip';
import { QuestionForm } from './QuestionForm';

const useStyles = makeStyles({
  table: {
    fontVariantNumeric: 'tabular-nums',
    '& td': {
      verticalAlign: 'top',
      lineHeight: 1.43,
      // Names are not broken inside of their words.
      wordBreak: 'normal',
    },
  },
  name: { whiteSpace: 'nowrap' },
  place: { minWidth: '12em', overflowWrap: 'anywhere' },
});

const TONES = {
  error: 'failing',
  warning: 'needs-you',
  info: 'quiet',
} as const;

/** Questions first, then everything that was found, with reason and place. */
export function FindingsView(props: {
  detail: Api.TargetDetail;
  onChanged: () => Promise<void> | void;
}) {
  const classes = useStyles();
  const findings = props.detail.change?.findings ?? [];
  const questions = openQuestions(props.detail);
  if (findings.length === 0) {
    return (
      <EmptyNote title="Nothing was found">
        Every use of the dataset could be rewritten by rule.
      </EmptyNote>
    );
  }
  return (
    <div>
      {questions.length > 0 && (
        <QuestionForm
          detail={props.detail}
          questions={questions}
          onChanged={props.onChanged}
        />
      )}
      <Table size="small" aria-label="Findings" className={classes.table}>
        <TableHead>
          <TableRow>
            <TableCell>Severity</TableCell>
            <TableCell>Reason</TableCell>
            <TableCell>What</TableCell>
            <TableCell>Field</TableCell>
            <TableCell>Place</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {findings.map((finding, index) => (
            <TableRow key={index}>
              <TableCell>
                <StateChip
                  word={finding.severity}
                  tone={TONES[finding.severity]}
                />
              </TableCell>
              <TableCell className={classes.name}>
                <ReasonLink reason={finding.reason} />
              </TableCell>
              <TableCell>
                {finding.message}
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="div"
                >
                  goes to: {finding.route}
                </Typography>
              </TableCell>
              <TableCell className={classes.name}>
                {finding.field && <code>{finding.field}</code>}
              </TableCell>
              <TableCell className={classes.place}>
                {finding.place && <code>{placeText(finding.place)}</code>}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Box height={16} />
    </div>
  );
}
