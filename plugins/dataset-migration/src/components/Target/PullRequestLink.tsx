import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';

/** A pull request in the forge, or the one that takes it back. */
export function PullRequestLink(props: {
  pull: Api.PullRequest;
  reverse?: boolean;
}) {
  const { pull } = props;
  const state =
    props.reverse && pull.state === 'open' ? 'rollback proposed' : pull.state;
  return (
    <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      <Link to={pull.url} aria-label={`Pull request ${pull.number}`}>
        #{pull.number}
      </Link>{' '}
      {state}
    </span>
  );
}
