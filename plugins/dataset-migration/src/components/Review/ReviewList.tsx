import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Paper from '@material-ui/core/Paper';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { shortRef, targetName } from '../../lib/targetText';
import { VerdictIcon } from '../Evidence/VerdictIcon';

/** Changes to decide; what needs thought is on top. */
export function ReviewList(props: {
  targets: Api.Target[];
  current: string;
  onSelect: (target: Api.Target) => void;
}) {
  return (
    <Paper variant="outlined" style={{ maxHeight: '70vh', overflow: 'auto' }}>
      <List dense disablePadding aria-label="Changes to review">
        {props.targets.map(target => (
          <ListItem
            key={target.id}
            button
            divider
            selected={target.id === props.current}
            aria-current={target.id === props.current}
            onClick={() => props.onSelect(target)}
          >
            <span style={{ marginRight: 8, display: 'inline-flex' }}>
              <VerdictIcon
                verdict={
                  target.blocked === 'question'
                    ? 'inconclusive'
                    : target.proof ?? 'not-run'
                }
              />
            </span>
            <ListItemText
              primary={targetName(target)}
              secondary={[
                target.framework,
                target.blocked === 'question' ? 'question' : target.rung,
                target.owner && shortRef(target.owner),
              ]
                .filter(Boolean)
                .join(' · ')}
              primaryTypographyProps={{ noWrap: true, variant: 'body2' }}
              secondaryTypographyProps={{ noWrap: true, variant: 'caption' }}
            />
          </ListItem>
        ))}
      </List>
    </Paper>
  );
}
