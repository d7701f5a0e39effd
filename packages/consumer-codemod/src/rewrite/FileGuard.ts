import { FileResult } from './FileResult';

/** Why a file is not worked on: the work on it did not come to an end. */
export interface LostFile {
  path: string;
  reason: 'REWRITE_TIMEOUT' | 'REWRITE_CRASHED';
  /** What happened, for people. */
  detail: string;
}

/**
 * Stands between the codemod and the work on single files, so that a file with which
 * the work does not come to an end is known, and is left out from then on.
 */
export interface FileGuard {
  readonly lost: ReadonlyMap<string, LostFile>;
  /** Files to be looked at one after the other, without those that are lost. */
  each<T extends { path: string }>(files: readonly T[]): Iterable<T>;
  /**
   * Does the work on one file.
   *
   * @param again - false if what was found out in an earlier process still holds.
   */
  work(
    path: string,
    options: { again: boolean },
    work: () => Promise<FileResult | undefined>,
  ): Promise<FileResult | LostFile | undefined>;
}

/** Where the codemod runs in the caller's own process, nothing is guarded. */
export const UNGUARDED: FileGuard = {
  lost: new Map(),
  each: files => files,
  work: (_path, _options, work) => work(),
};
