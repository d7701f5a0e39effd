import { isSql } from '../text/languages';
import { accountForMentions } from './accountForMentions';
import { FileResult } from './FileResult';
import { FileRewriter, RewriteContext } from './FileRewriter';
import { rewriteSqlFile } from './rewriteSqlFile';
import { prepareView } from './View';

/** BigQuery SQL and dbt models. */
export class SqlRewriter implements FileRewriter {
  accepts(path: string): boolean {
    return isSql(path);
  }

  async rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult> {
    const view = await prepareView({ ...context, path: file.path });
    const result = await rewriteSqlFile({ ...context, ...file, view });
    return accountForMentions(result, file.text, context.matcher);
  }
}
