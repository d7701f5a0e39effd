import {
  Evidence,
  RunJob,
  Rung,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChildCodemod,
  RewrittenStatement,
  SourceParser,
} from 'dataset-migration-consumer-codemod';
import { ChangedFile } from '../change/buildPatch';
import { SourceFile } from '../source/readFiles';
import { EvidenceReason } from '../reasons';

/** A changed file with its content; an absent side was added or deleted. */
export interface VerifiedFile {
  path: string;
  before?: Buffer;
  after?: Buffer;
  /** Its queries before and after; absent where they cannot be told, with `reason`. */
  statements?: RewrittenStatement[];
  reason?: EvidenceReason;
}

/** What of a job a change is judged by. */
export type VerifiedJob = Pick<
  RunJob,
  'mapping' | 'answers' | 'limits' | 'target' | 'connection'
> & { run: Pick<RunJob['run'], 'seed'> };

/** What verifiers are given to judge a change. */
export interface VerifierContext {
  job: VerifiedJob;
  changes: ChangedFile[];
  patchBytes: number;
  files: VerifiedFile[];
  /** Every text file of the target as it is after the change. */
  filesAfter: Array<Pick<SourceFile, 'path' | 'content'>>;
  parser: SourceParser;
  codemod: Pick<ChildCodemod, 'rewrite'>;
  /** A sample of the real data, where there is one. */
  connection?: SampleConnection;
  /** Epoch milliseconds at which the run ends. */
  deadline: number;
}

/** What a verifier says of a change. */
export interface VerifierResult {
  /** Of the whole change. */
  evidence: Evidence;
  /** Of single files, where the verifier looks at them one by one. */
  files?: Evidence[];
}

/** Judges a change in one respect. */
export interface Verifier {
  id: string;
  /** Absent for guards. */
  rung?: Rung;
  verify(context: VerifierContext): Promise<VerifierResult>;
}
