/** On a dataset: where its migration plan is, a path in its repository or a URL. */
export const PLAN_ANNOTATION = 'dataset-migration/plan';

/** On a dataset: the version that consumers read today. */
export const CURRENT_VERSION_ANNOTATION = 'dataset-migration/current-version';

/** On a dataset: the version that consumers should read. */
export const TARGET_VERSION_ANNOTATION = 'dataset-migration/target-version';

/** On a dataset or consumer: `low`, `medium`, `high` or `critical`. */
export const CRITICALITY_ANNOTATION = 'dataset-migration/criticality';

/** On a consumer: comma separated globs of its files inside its repository. */
export const PATHS_ANNOTATION = 'dataset-migration/paths';

/** On a group or user that owns consumers: an IANA time zone, for windows with `timezone: owner`. */
export const TIMEZONE_ANNOTATION = 'dataset-migration/timezone';
