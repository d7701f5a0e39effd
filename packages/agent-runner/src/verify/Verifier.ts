import {
  Evidence,
  RunJob,
  Rung,
} from 'backstage-plugin-dataset-migration-common';
import {
  RewrittenStatement,
  SourceParser,
} from 'dataset-migration-consumer-codemod';
import { ChangedFile } from '../change/buildPatch';
import { SourceFile } from '../source/readFiles';

/** A changed file with its content; an absent side was added or deleted. */
export interface VerifiedFile {
  path: string;
  before?: Buffer;
  after?: Buffer;
  /** Its queries before and after; absent where they cannot be told, with `reason`. */
  statements?: RewrittenStatement[];
  reason?: string;
}

/** What verifiers are given to judge a change. */
export interface VerifierContext {
  job: RunJob;
  changes: ChangedFile[];
  patchBytes: number;
  files: VerifiedFile[];
  /** Every text file of the target as it is after the change. */
  filesAfter: Array<Pick<SourceFile, 'path' | 'content'>>;
  parser: SourceParser;
  /** Epoch milliseconds at which the run ends. */
  deadline: number;
}

/** Judges a change in one respect. */
export interface Verifier {
  id: string;
  /** Absent for guards. */
  rung?: Rung;
  verify(context: VerifierContext): Promise<Evidence>;
}
