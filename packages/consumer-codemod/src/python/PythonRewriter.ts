import { FileResult } from '../rewrite/FileResult';
import { FileRewriter, RewriteContext } from '../rewrite/FileRewriter';
import { rewritePython } from './rewritePython';

/** Python code: SQL in its strings, and tables that it names. */
export class PythonRewriter implements FileRewriter {
  accepts(path: string): boolean {
    return /\.pyi?$/i.test(path);
  }

  rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult> {
    return rewritePython(file.path, file.text, context);
  }
}
