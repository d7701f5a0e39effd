export { createRollout } from './createRollout';
export type { Rollout } from './createRollout';
export { pullRequestText, revertText } from './pullRequestText';
export { BaseChangedError } from './BaseChangedError';
export { EditedByPeopleError } from './EditedByPeopleError';
export { GITHUB_TOPICS } from './parseGithubEvent';
