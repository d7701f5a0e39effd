import { useState } from 'react';
import TextField, { OutlinedTextFieldProps } from '@material-ui/core/TextField';

let fields = 0;

/** A text field whose label is tied to its input, which Material UI does only where there is an id. */
export function Field(props: Omit<OutlinedTextFieldProps, 'variant' | 'id'>) {
  const [id] = useState(() => `dataset-migration-field-${++fields}`);
  return <TextField {...props} id={id} variant="outlined" />;
}
