import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { Macros } from '../mask/macroUses';
import { NameMatcher } from '../names/NameMatcher';
import { SourceParser } from '../treeSitter/CodeParser';
import { Expression } from './Expression';
import { FileResult } from './FileResult';

/** What is the same for all files of a consumer. */
export interface RewriteContext {
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  matcher: NameMatcher;
  parser: SourceParser;
  /** The mapping's parsed expressions. */
  cache: Map<string, Expression>;
  /** Columns that the repository declares for other tables, with types. */
  schemas: ReadonlyMap<string, Array<{ name: string; type?: string }>>;
  macros: Macros;
  /** Every text of the consumer: a name may be used in another file. */
  files: ReadonlyArray<{ path: string; text: string }>;
}

/** Rewrites the files of one language. */
export interface FileRewriter {
  accepts(path: string): boolean;
  /**
   * A file that mentions the dataset, in whole or not at all.
   *
   * @throws MappingExpressionError if an expression of the mapping cannot be parsed
   */
  rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult>;
}
