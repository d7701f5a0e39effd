import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { exactTime } from '../../lib/formatTime';
import { nextForPerson, targetName, targetText } from '../../lib/targetText';
import { ReasonLink } from '../Shared/ReasonLink';
import { StateChip } from '../Shared/StateChip';
import { PullRequestLink } from './PullRequestLink';

/** Who it is, where it is, why it does not move, and what a person does next. */
export function TargetHeader(props: {
  target: Api.Target;
  approval?: Api.Approval;
}) {
  const { target, approval } = props;
  const text = targetText(target);
  const next = nextForPerson(target);
  return (
    <Box pr={5} mb={2}>
      <Typography variant="h5" component="h2">
        {target.consumer ? (
          <EntityRefLink entityRef={target.consumer} />
        ) : (
          targetName(target)
        )}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div">
        <Box display="flex" flexWrap="wrap" style={{ columnGap: 16 }}>
          {target.repositoryUrl ? (
            <Link to={target.repositoryUrl}>{target.repository}</Link>
          ) : (
            <span>{target.repository ?? 'no repository known'}</span>
          )}
          {target.paths.length > 0 && <code>{target.paths.join(', ')}</code>}
          {target.framework && <span>{target.framework}</span>}
          {target.owner ? (
            <EntityRefLink entityRef={target.owner} />
          ) : (
            <span>no owner</span>
          )}
          <span>found by {target.discoveredBy.join(', ')}</span>
        </Box>
      </Typography>
      <Box
        mt={1.5}
        display="flex"
        flexWrap="wrap"
        alignItems="baseline"
        style={{ columnGap: 16 }}
      >
        <StateChip word={text.word} tone={text.tone} />
        <Typography variant="body2" component="div">
          {text.sentence}{' '}
          {target.reason && <ReasonLink reason={target.reason} />}
        </Typography>
        {target.retryAt && (
          <Typography variant="body2">
            Tried again at {exactTime(target.retryAt)}.
          </Typography>
        )}
        {target.pullRequest && <PullRequestLink pull={target.pullRequest} />}
        {target.revert && <PullRequestLink pull={target.revert} reverse />}
      </Box>
      {approval && (
        <Typography variant="body2" color="textSecondary">
          {approval.voidedAt
            ? `Approval by ${approval.decidedBy} is void: ${
                approval.voidedReason ?? 'the change is another by now'
              }.`
            : `Approved by ${approval.decidedBy}.`}{' '}
          {approval.note}
        </Typography>
      )}
      {next && (
        <Typography variant="body2">
          <strong>Next:</strong> {next}
        </Typography>
      )}
    </Box>
  );
}
