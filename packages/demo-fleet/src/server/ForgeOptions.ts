import type { RequestHandler } from 'express';
import type { ForgeLimitOptions } from '../limits/ForgeLimits';

/** A person or robot that the forge knows. Without `token` it can be a reviewer but cannot sign in. */
export interface ForgeUserOptions {
  /** Login as shown in the API, e.g. `mallory-bot`. */
  readonly login: string;
  /** Secret accepted as `Bearer`, `token`, or Basic password. */
  readonly token?: string;
  /** Site administrator. Does not lift branch protection, as on GitHub with `enforce_admins`. */
  readonly admin?: boolean;
  /** Display name; the login by default. */
  readonly name?: string;
}

/** Branch protection of one branch. A direct push, a force push and a deletion are always refused. */
export interface ProtectedBranch {
  readonly name: string;
  /** Approving reviews that a merge needs; 0 by default. */
  readonly requiredApprovals?: number;
  /** Names of check runs or status contexts that must have succeeded before a merge. */
  readonly requiredChecks?: readonly string[];
}

/** Options of {@link startForge}. */
export interface ForgeOptions {
  /** Directory for the bare repositories, the journal and the log; created when missing. */
  readonly rootDir: string;
  /** TCP port on the loopback interface; 0 (default) takes a free one. */
  readonly port?: number;
  /** Name that URLs carry; `127.0.0.1` by default. The server always listens on the loopback interface only. */
  readonly hostname?: string;
  /** Accounts, at least one with a token if anything is to be written. */
  readonly users: readonly ForgeUserOptions[];
  /** Organisation that owns the repositories; `demo` by default. */
  readonly organization?: string;
  /** Slugs of the organisation's teams, which can be asked for a review. */
  readonly teams?: readonly string[];
  /** Login that presses the buttons of the web view; `demo-reviewer` by default. */
  readonly webUser?: string;
  /** Receiver of every event, as an organisation's webhook would be. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** Rate limits; GitHub's documented figures by default. */
  readonly limits?: Partial<ForgeLimitOptions>;
  /** Clock of the limits, UTC epoch milliseconds; the machine's by default. */
  readonly now?: () => number;
  /** JSON lines of everything the forge did; `<rootDir>/forge-log.jsonl` by default. */
  readonly logFile?: string;
  /** Runs before the REST API, e.g. to watch its contract in a test. */
  readonly restMiddleware?: RequestHandler;
}

/** What {@link Forge.createRepository} needs. */
export interface CreateRepositoryOptions {
  /** The organisation or a user; the organisation by default. */
  readonly owner?: string;
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  /** Archived: readable, every write is refused with 403. */
  readonly archived?: boolean;
  /** Nobody has write access: pushes and writes are refused with 403. */
  readonly readOnly?: boolean;
  /** `main` by default. */
  readonly defaultBranch?: string;
  /** Names, or names with the conditions of a merge. */
  readonly protectedBranches?: readonly (string | ProtectedBranch)[];
  readonly topics?: readonly string[];
}

/** A repository as the one who seeds it sees it. */
export interface ForgeRepository {
  readonly owner: string;
  readonly name: string;
  /** The bare repository on disk. Writing to it directly passes no protection and raises no event. */
  readonly gitDir: string;
  /** `http://…/{owner}/{name}.git` */
  readonly cloneUrl: string;
  /** `http://…/{owner}/{name}` */
  readonly htmlUrl: string;
}
