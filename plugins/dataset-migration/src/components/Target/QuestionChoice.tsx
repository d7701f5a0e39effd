import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { GENERAL_ANSWERS, OpenQuestion } from '../../lib/openQuestions';

/** One question with its options. */
export function QuestionChoice(props: {
  question: OpenQuestion;
  value: string | undefined;
  onChange: (choice: string) => void;
}) {
  const { question } = props;
  return (
    <FormControl component="fieldset" margin="normal" fullWidth>
      <FormLabel component="legend">
        <code>{question.field}</code>: {question.text}
      </FormLabel>
      {question.places.length > 0 && (
        <Typography variant="caption" color="textSecondary">
          Used at {question.places.slice(0, 5).join(', ')}
          {question.places.length > 5 &&
            ` and ${question.places.length - 5} more places`}
          . {question.guide && <Link to={question.guide}>Guide</Link>}
        </Typography>
      )}
      <RadioGroup
        name={`answer-${question.field}`}
        value={props.value ?? ''}
        onChange={event => props.onChange(event.target.value)}
      >
        {question.options.map((option, index) => (
          <FormControlLabel
            key={index}
            value={String(index)}
            control={<Radio color="primary" size="small" />}
            label={
              <span>
                {option.label} <code>{option.is}</code>
              </span>
            }
          />
        ))}
        {GENERAL_ANSWERS.map(answer => (
          <FormControlLabel
            key={answer.choice}
            value={answer.choice}
            control={<Radio color="primary" size="small" />}
            label={answer.label}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
