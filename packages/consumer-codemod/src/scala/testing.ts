import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { rewriteText, testMapping } from '../testing';

/** Only renames, no condition: `ratio` is an expression. */
export const RENAMES = testMapping({ rows: { grain: 'same' } });
/** With a condition on rows. */
export const FILTERED = testMapping();

/** Rewrites one file of Scala. */
export function rewrite(text: string, mapping = RENAMES) {
  return rewriteText(text, { path: 'src/main/scala/Job.scala', mapping });
}

/** Every reason once. */
export function reasonsOf(result: Awaited<ReturnType<typeof rewrite>>) {
  return [...new Set(result.findings.map(({ reason }) => reason))];
}

/** Puts statements into a job. */
export function job(body: string, outside = ''): string {
  return `package x
import com.spotify.scio.bigquery._

object Job {
${outside}  def main(args: Array[String]): Unit = {
${body}
  }
}
`;
}

/** An object that names the old table, and the same after it was changed. */
export const TABLES = 'object Tables { val T = "shop:analytics.t1" }\n';
export const MOVED = 'object Tables { val T = "shop:analytics.t2" }\n';
/** A read of a renamed field, and one of a field that stays. */
export const KEYED =
  'sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getString("country"))';
export const SAME =
  'sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getString("id"))';

/** Puts a statement into a job. */
export function jobWith(body: string, imports = ''): string {
  return `package x
import com.spotify.scio.bigquery._
${imports}
object Job {
  def main(args: Array[String]): Unit = {
    ${body}
  }
}
`;
}

/** Puts a statement into a job's test. */
export function jobTest(body: string): string {
  return `package x
class JobTest extends PipelineSpec {
  "it" should "work" in {
    ${body}
  }
}
`;
}

/** Rewrites files together: the changed ones, and the reasons for what was not. */
export async function rewriteFiles(
  files: Record<string, string>,
  mapping: DatasetMapping = RENAMES,
) {
  const result = await rewriteConsumer({
    mapping,
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
  });
  return {
    after: Object.fromEntries(
      result.files.map(({ path, after }) => [path, after.toString('utf8')]),
    ),
    reasons: result.findings
      .filter(({ route }) => route !== 'codemod')
      .map(({ reason }) => reason),
    result,
  };
}
