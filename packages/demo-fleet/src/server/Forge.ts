import type { ForgeLogEntry } from '../log/ForgeLogEntry';
import type { CreateRepositoryOptions, ForgeRepository } from './ForgeOptions';

/** A running simulated GitHub. */
export interface Forge {
  /** e.g. `http://127.0.0.1:7700`; also the base of html and clone URLs. */
  readonly baseUrl: string;
  /** `<baseUrl>/api/v3`, the layout of GitHub Enterprise. */
  readonly apiBaseUrl: string;
  /** `<baseUrl>/raw`, followed by `/{owner}/{repo}/{ref}/{path}`. */
  readonly rawBaseUrl: string;
  /** `host` for `integrations.github`, e.g. `127.0.0.1:7700`. */
  readonly host: string;
  /**
   * Creates the bare repository, or returns the one of that name with its flags updated, so that a
   * seed can be run again.
   */
  createRepository(options: CreateRepositoryOptions): Promise<ForgeRepository>;
  /** Changes flags, e.g. archives a repository once its history is in. Throws NotFoundError. */
  updateRepository(
    options: Partial<CreateRepositoryOptions> & { readonly name: string },
  ): Promise<ForgeRepository>;
  /** Repositories known now. */
  repositories(): ForgeRepository[];
  /** What the forge did since it was started, oldest first. */
  log(): readonly ForgeLogEntry[];
  /** Waits until every webhook delivery under way has ended. */
  settled(): Promise<void>;
  /** Stops listening and waits for deliveries and the log. */
  close(): Promise<void>;
}
