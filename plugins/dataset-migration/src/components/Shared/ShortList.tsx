import { ReactNode, useState } from 'react';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.25),
    '& li + li': { marginTop: theme.spacing(0.25) },
    overflowWrap: 'anywhere',
  },
}));

const SHOWN = 4;

/** A list of which the first entries are shown, and the others when asked for. */
export function ShortList(props: { label: string; entries: ReactNode[] }) {
  const classes = useStyles();
  const [whole, setWhole] = useState(false);
  const hidden = props.entries.length - SHOWN;
  const shown = whole ? props.entries : props.entries.slice(0, SHOWN);
  return (
    <>
      <ul className={classes.list} aria-label={props.label}>
        {shown.map((entry, index) => (
          <li key={index}>{entry}</li>
        ))}
      </ul>
      {hidden > 0 && !whole && (
        <Link component="button" variant="body2" onClick={() => setWhole(true)}>
          Show {hidden} more
        </Link>
      )}
    </>
  );
}
