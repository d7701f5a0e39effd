import {
  Finding,
  RunJob,
  RunResult,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import { ChildCodemod, SourceParser } from 'dataset-migration-consumer-codemod';
import { SourceFile } from '../source/readFiles';
import { Source } from '../source/openSource';
import { TreeEntry } from '../source/TreeEntry';

/** What each kind of run is given once the source is there. */
export interface RunContext {
  job: RunJob;
  source: Source;
  workspace: string;
  tree: TreeEntry[];
  files: SourceFile[];
  /** About files that were not looked at. */
  findings: Finding[];
  parser: SourceParser;
  codemod: Pick<ChildCodemod, 'rewrite' | 'findReads'>;
  signal: AbortSignal;
  /** Real data that changes are also compared on. */
  connection?: SampleConnection;
  /** Epoch milliseconds at which the run ends. */
  deadline: number;
  log(line: string): void;
  progress(message: string): void;
}

/** A result without its header. */
export type RunBody = Omit<RunResult, 'apiVersion' | 'kind'>;
