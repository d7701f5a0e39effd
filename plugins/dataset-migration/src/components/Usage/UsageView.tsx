import { useState } from 'react';
import Box from '@material-ui/core/Box';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { filterUses, routeCounts } from '../../lib/fieldUses';
import { FilterSelect } from '../Consumers/FilterSelect';
import { EmptyNote } from '../Shared/EmptyNote';
import { Field } from '../Shared/Field';
import { RouteChip } from './RouteChip';
import { UsageTable } from './UsageTable';

/** Which fields the consumer reads, where, through what, what becomes of them, and who changes them. */
export function UsageView(props: { change: Api.Change | undefined }) {
  const uses = props.change?.uses ?? [];
  const [text, setText] = useState('');
  const [routes, setRoutes] = useState<string[]>([]);
  const [indirect, setIndirect] = useState(true);
  if (uses.length === 0) {
    return (
      <EmptyNote
        title={props.change ? 'Reads nothing of the dataset' : 'Not known yet'}
      >
        {props.change
          ? 'No file of this consumer uses the dataset or a field of it.'
          : 'The first simulate run reads the source and lists every use here.'}
      </EmptyNote>
    );
  }
  const counts = routeCounts(uses);
  const through = uses.filter(use => use.indirect).length;
  const shown = filterUses(uses, { text, routes, indirect });
  return (
    <div>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        mb={1.5}
        style={{ columnGap: 20, rowGap: 8, fontVariantNumeric: 'tabular-nums' }}
      >
        <Field
          label="Find a field, file or name"
          value={text}
          onChange={event => setText(event.target.value)}
          size="small"
          type="search"
          style={{ width: 240 }}
        />
        {counts.length > 1 && (
          <FilterSelect
            label="Route"
            values={counts.map(each => each.route)}
            chosen={routes}
            onChange={setRoutes}
          />
        )}
        {through > 0 && (
          <FormControlLabel
            control={
              <Switch
                size="small"
                color="primary"
                checked={indirect}
                onChange={event => setIndirect(event.target.checked)}
              />
            }
            label={
              <Typography variant="body2">
                With {through} through models and tables made from it
              </Typography>
            }
          />
        )}
        <Box
          display="flex"
          alignItems="center"
          aria-label="Uses by route"
          role="list"
          style={{ gap: 16, marginLeft: 'auto' }}
        >
          {counts.map(({ route, count }) => (
            <Typography
              key={route}
              variant="body2"
              component="span"
              role="listitem"
              style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}
            >
              <RouteChip route={route} /> {count}
            </Typography>
          ))}
        </Box>
      </Box>
      {shown.length === 0 ? (
        <EmptyNote title="No use matches">
          Remove a filter to see more.
        </EmptyNote>
      ) : (
        <UsageTable key={`${text} ${routes} ${indirect}`} uses={shown} />
      )}
    </div>
  );
}
