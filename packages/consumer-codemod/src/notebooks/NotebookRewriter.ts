import { FileResult } from '../rewrite/FileResult';
import { FileRewriter, RewriteContext } from '../rewrite/FileRewriter';
import { rewriteNotebook } from './rewriteNotebook';

/** Code and SQL in the cells of a Jupyter notebook; its outputs are left as they are. */
export class NotebookRewriter implements FileRewriter {
  accepts(path: string): boolean {
    return /\.ipynb$/i.test(path);
  }

  rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult> {
    return rewriteNotebook(file.path, file.text, context);
  }
}
