import { useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { useUrlState } from '../../hooks/useUrlState';
import { shortRef } from '../../lib/targetText';
import { FILTER_NAMES, LIST_FILTERS } from '../../lib/targetQuery';
import { FilterSelect } from './FilterSelect';
import { Field } from '../Shared/Field';

/** Typing rests this long before the list is asked. */
const REST = 350;

/** Filters and search of the consumers list; they live in the address. */
export function ConsumerFilters(props: {
  owners: string[];
  frameworks: string[];
}) {
  const url = useUrlState();
  const asked = url.one('text') ?? '';
  const [text, setText] = useState(asked);
  const { set } = url;
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    if (text === asked) {
      return undefined;
    }
    const timer = setTimeout(() => set({ text }), REST);
    return () => clearTimeout(timer);
  }, [text, asked, set]);
  const filtered = FILTER_NAMES.some(name => url.many(name).length > 0);
  const clear = Object.fromEntries(FILTER_NAMES.map(name => [name, undefined]));
  const selects = [
    ...LIST_FILTERS,
    { name: 'framework', label: 'Framework', values: props.frameworks },
    { name: 'owner', label: 'Team', values: props.owners },
  ];
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      mb={1.5}
      style={{ gap: 8 }}
    >
      <Field
        label="Search consumers"
        value={text}
        onChange={event => setText(event.target.value)}
        size="small"
        type="search"
        style={{ width: 220 }}
      />
      {selects.map(filter => (
        <FilterSelect
          key={filter.name}
          label={filter.label}
          values={filter.values}
          chosen={url.many(filter.name)}
          print={filter.name === 'owner' ? shortRef : undefined}
          onChange={values => set({ [filter.name]: values })}
        />
      ))}
      {filtered && (
        <Button size="small" onClick={() => set(clear)}>
          Clear filters
        </Button>
      )}
    </Box>
  );
}
