import { makeStyles } from '@material-ui/core/styles';
import { Api, RUNGS } from 'backstage-plugin-dataset-migration-common';
import { RUNG_TEXTS } from '../../lib/rungText';
import { worstVerdict } from '../../lib/worstVerdict';
import { VerdictIcon } from './VerdictIcon';

const useStyles = makeStyles(theme => ({
  ladder: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2.5),
    rowGap: theme.spacing(0.5),
    listStyle: 'none',
    padding: 0,
    margin: theme.spacing(0, 0, 2),
    color: theme.palette.text.primary,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
  },
  rung: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
  },
}));

/** The ladder in one line: how sure, before anybody reads the details. */
export function LadderLine(props: { change: Api.Change }) {
  const classes = useStyles();
  const { evidence, mappingVersion } = props.change;
  return (
    <ul className={classes.ladder} aria-label="Evidence in short">
      {RUNGS.map(rung => {
        const verdict = worstVerdict(
          evidence.filter(each => each.rung === rung),
        );
        return (
          <li key={rung} className={classes.rung}>
            <VerdictIcon verdict={verdict} />
            {rung === 'equivalent' && verdict === 'passed'
              ? `equivalent under mapping version ${mappingVersion}`
              : RUNG_TEXTS[rung]}
          </li>
        );
      })}
    </ul>
  );
}
