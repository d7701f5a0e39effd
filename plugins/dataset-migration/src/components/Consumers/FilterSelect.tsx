import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';

/** Several values of one filter. */
export function FilterSelect(props: {
  label: string;
  values: string[];
  chosen: string[];
  print?: (value: string) => string;
  onChange: (values: string[]) => void;
}) {
  const print = props.print ?? ((value: string) => value.replace(/-/g, ' '));
  const values = [...new Set([...props.values, ...props.chosen])];
  const id = `filter-${props.label.toLowerCase()}`;
  return (
    <FormControl variant="outlined" size="small" style={{ width: 140 }}>
      <InputLabel id={id}>{props.label}</InputLabel>
      <Select
        labelId={id}
        label={props.label}
        multiple
        value={props.chosen}
        onChange={event => props.onChange(event.target.value as string[])}
        renderValue={chosen => (chosen as string[]).map(print).join(', ')}
        MenuProps={{ getContentAnchorEl: null }}
      >
        {values.map(value => (
          <MenuItem key={value} value={value} dense>
            <Checkbox
              size="small"
              color="primary"
              checked={props.chosen.includes(value)}
            />
            <ListItemText primary={print(value)} />
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
