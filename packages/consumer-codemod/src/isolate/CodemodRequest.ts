import { LostFile } from '../rewrite/FileGuard';
import { FileResult } from '../rewrite/FileResult';
import { CodemodInput, CodemodResult } from '../rewriteConsumer';

/** What a process of the codemod is given; a consumer in whole, as files belong together. */
export interface CodemodRequest {
  id: number;
  input: Omit<CodemodInput, 'parser' | 'guard' | 'rewriters'>;
  /** What became of files in earlier processes. */
  known: FileResult[];
  lost: LostFile[];
  /** Digests of texts over which the parser broke down, with what happened. */
  lostTexts: ReadonlyMap<string, string>;
}

/** What it answers. */
export type CodemodReply =
  /** One file is done. */
  | { id: number; kind: 'file'; result: FileResult }
  /** All are; without the files as they were, which whoever asked has. */
  | {
      id: number;
      kind: 'done';
      result: Omit<CodemodResult, 'files'> & {
        files: Array<Omit<CodemodResult['files'][number], 'before'>>;
      };
    }
  | { id: number; kind: 'broke'; message: string };
