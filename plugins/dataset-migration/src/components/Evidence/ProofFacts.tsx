import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { share } from '../../lib/share';
import { ShortList } from '../Shared/ShortList';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: '10em minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.75),
    margin: theme.spacing(0, 0, 2),
    color: theme.palette.text.primary,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: 1.5,
    fontVariantNumeric: 'tabular-nums',
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0 },
  },
}));

/** How much the generated rows could tell: what they exercised, and which mistakes they would not notice. */
export function ProofFacts(props: { proof: Api.EquivalenceProof }) {
  const classes = useStyles();
  const { coverage, mutants, opaqueFunctions, errorsNotCompared, seed } =
    props.proof;
  const { survivors = [], equivalent = 0 } = mutants;
  const unlisted = mutants.generated - mutants.killed - survivors.length;
  return (
    <dl className={classes.facts} aria-label="What the proof looked at">
      <Fact name="Rows compared">
        {coverage
          ? `${coverage.outputRows} came out of the old queries`
          : 'None: no query ran.'}
      </Fact>
      {coverage && (
        <Fact name="Conditions">
          {coverage.branches.found === 0
            ? 'The queries have none.'
            : `${share(
                coverage.branches.hit,
                coverage.branches.found,
              )} of their sides were met by rows.`}
        </Fact>
      )}
      {coverage && coverage.missed.length > 0 && (
        <Fact name="Never met">
          <ShortList
            label="Conditions that no row met"
            entries={coverage.missed.map(each => (
              <>
                <code>{each.condition}</code> was never {each.never} (
                {each.path}, {each.label})
              </>
            ))}
          />
        </Fact>
      )}
      <Fact name="Planted mistakes">
        {mutants.generated === 0
          ? 'None could be planted.'
          : `${share(mutants.killed, mutants.generated)} were noticed.`}
        {equivalent > 0 &&
          ` ${equivalent} more ${
            equivalent === 1 ? 'is' : 'are'
          } left out, as the engine sees the same query in them.`}
      </Fact>
      {survivors.length > 0 && (
        <Fact name="Went unnoticed">
          <ShortList
            label="Mistakes that went unnoticed"
            entries={[
              ...survivors,
              ...(unlisted > 0
                ? [`${unlisted} more, which are not listed`]
                : []),
            ]}
          />
        </Fact>
      )}
      {opaqueFunctions.length > 0 && (
        <Fact name="Unknown functions">
          <code>{opaqueFunctions.join(', ')}</code>: the same unknown function
          on both sides, so its own result was not compared.
        </Fact>
      )}
      {errorsNotCompared && (
        <Fact name="Not compared">
          Errors that rows may raise, such as a division by zero.
        </Fact>
      )}
      <Fact name="Seed">{seed}</Fact>
    </dl>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
