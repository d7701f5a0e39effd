import TextField, { OutlinedTextFieldProps } from '@material-ui/core/TextField';
import { unstable_useId as useId } from '@material-ui/core/utils';

/** A text field whose label is tied to its input, which Material UI does only where there is an id. */
export function Field(props: Omit<OutlinedTextFieldProps, 'variant' | 'id'>) {
  const id = useId();
  return <TextField {...props} id={id} variant="outlined" />;
}
