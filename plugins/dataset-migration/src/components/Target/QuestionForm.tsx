import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { OpenQuestion, answerFor } from '../../lib/openQuestions';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { QuestionChoice } from './QuestionChoice';

/** Every open question of a target, answered together: the change is then made again. */
export function QuestionForm(props: {
  detail: Api.TargetDetail;
  questions: OpenQuestion[];
  onChanged: () => Promise<void> | void;
}) {
  const api = useMigrationApi();
  const [choices, setChoices] = useState<Record<string, string>>({});
  const { detail, questions } = props;
  const answer = useAction(async () => {
    await api.actOnTarget({
      path: { targetId: detail.target.id, action: 'answer' },
      body: {
        answers: questions.map(each => answerFor(each, choices[each.field])),
      },
    });
    await props.onChanged();
  });
  const missing = questions.filter(each => choices[each.field] === undefined);
  const refusal = detail.allowed.approve
    ? missing.length > 0 &&
      `Choose an answer for ${missing.map(each => each.field).join(', ')}.`
    : detail.allowed.reason ?? 'Only the owner of the consumer may answer.';
  return (
    <Paper variant="outlined" style={{ padding: 16, marginBottom: 24 }}>
      <Typography variant="subtitle1" component="h3">
        {questions.length === 1
          ? 'One question before this can go on'
          : `${questions.length} questions before this can go on`}
      </Typography>
      {questions.map(question => (
        <QuestionChoice
          key={question.field}
          question={question}
          value={choices[question.field]}
          onChange={choice =>
            setChoices(last => ({ ...last, [question.field]: choice }))
          }
        />
      ))}
      <Box mt={1} mb={1}>
        <FailureNote what="Answering" error={answer.error} />
      </Box>
      <GatedButton
        variant="contained"
        color="primary"
        refusal={refusal || undefined}
        busy={answer.busy}
        onClick={() => answer.run()}
      >
        Answer and simulate again
      </GatedButton>
    </Paper>
  );
}
