import { z } from 'zod';

/** Where to look, and nothing else: what the event claims to have happened is not used. */
export interface GithubEventHint {
  /** As GitHub addresses it in a browser: host and `owner/name`. */
  host: string;
  fullName: string;
  numbers: number[];
  branches: string[];
}

/** Topics of the portal's event service that GitHub's webhooks arrive on. */
export const GITHUB_TOPICS = [
  'github.pull_request',
  'github.push',
  'github.check_run',
  'github.check_suite',
];

const name = z.string().min(1).max(300);
const pull = z.object({ number: z.number().int().positive() });
const pulls = z.array(pull).max(100).optional().catch(undefined);
const suite = z
  .object({ head_branch: name.nullish(), pull_requests: pulls })
  .optional()
  .catch(undefined);

const eventSchema = z.object({
  repository: z.object({
    full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    html_url: z.string().url(),
  }),
  ref: name.optional().catch(undefined),
  pull_request: pull
    .extend({ head: z.object({ ref: name }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  check_run: z
    .object({ pull_requests: pulls, check_suite: suite })
    .optional()
    .catch(undefined),
  check_suite: suite,
});

/** Undefined for anything that does not look like one of those events. */
export function parseGithubEvent(
  topic: string,
  payload: unknown,
): GithubEventHint | undefined {
  if (!GITHUB_TOPICS.includes(topic)) return undefined;
  const parsed = eventSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { repository, ref, pull_request, check_run, check_suite } = parsed.data;
  const suites = [check_suite, check_run?.check_suite];
  const numbers = [
    pull_request,
    ...(check_run?.pull_requests ?? []),
    ...suites.flatMap(each => each?.pull_requests ?? []),
  ];
  const branches = [
    pull_request?.head?.ref,
    ref?.startsWith('refs/heads/')
      ? ref.slice('refs/heads/'.length)
      : undefined,
    ...suites.map(each => each?.head_branch),
  ];
  return {
    host: new URL(repository.html_url).host,
    fullName: repository.full_name,
    numbers: unique(numbers.map(each => each?.number)),
    branches: unique(branches),
  };
}

function unique<T>(values: Array<T | null | undefined>): T[] {
  return [
    ...new Set(
      values.filter((each): each is T => each !== undefined && each !== null),
    ),
  ];
}
