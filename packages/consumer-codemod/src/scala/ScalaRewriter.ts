import { commentEdits } from '../embedded/commentEdits';
import { applyEdits } from '../patch/Edit';
import { FileResult } from '../rewrite/FileResult';
import { FileRewriter, RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { findMentions } from '../text/findMentions';
import { placeAt } from '../text/placeAt';
import { parseScala } from './parseScala';
import { planScala } from './planScala';
import { ScalaPlan } from './ScalaPlan';
import { editsOverlap, readsExpected } from './verifyPlan';

/** Scala with BigQuery: Scio's typed and untyped reads, and SQL in strings. */
export class ScalaRewriter implements FileRewriter {
  accepts(path: string): boolean {
    return /\.(scala|sc|sbt)$/i.test(path);
  }

  async rewrite(
    file: { path: string; text: string },
    context: RewriteContext,
  ): Promise<FileResult> {
    const { path, text } = file;
    const read = await parseScala(file, context.parser);
    if (typeof read === 'string') {
      return refused(file, context, read);
    }
    const plan = await planScala(read, context);
    const { uses, findings, statements } = plan;
    const result: FileResult = { path, statements: [], uses, findings };
    if (plan.comments.length > 0 && !hasOtherRefusal(plan)) {
      const after = applyEdits(text, commentEdits(text, plan.comments, '//'));
      return after === text ? result : { ...result, after };
    }
    if (plan.refused || plan.edits.length === 0) {
      const route = findings.some(each => each.route === 'person')
        ? 'person'
        : 'question';
      return {
        ...result,
        uses: plan.refused ? uses.map(use => ({ ...use, route })) : uses,
      };
    }
    const after = editsOverlap(plan.edits)
      ? undefined
      : applyEdits(text, plan.edits);
    if (
      after === undefined ||
      !(await isVerified(path, after, plan, context))
    ) {
      const [first] = plan.edits;
      const place = placeAt(path, text, first.start, first.end);
      return {
        ...result,
        uses: uses.map(use => ({ ...use, route: 'person' as const })),
        findings: [findingFor('EDIT_NOT_VERIFIED', place)],
      };
    }
    return {
      ...result,
      after,
      edits: plan.edits,
      statements,
      ...(plan.users.length > 0 && { together: plan.users }),
    };
  }
}

function refused(
  { path, text }: { path: string; text: string },
  context: RewriteContext,
  reason: string,
): FileResult {
  const comments = /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g;
  const mentions = findMentions(text, context.matcher, comments);
  return {
    path,
    statements: [],
    uses: mentions.map(({ start, end }) => ({
      place: placeAt(path, text, start, end),
      context: 'text',
      route: 'person',
      snippet: text.slice(start, end),
    })),
    findings: mentions.map(({ start, end }) =>
      findingFor(reason, placeAt(path, text, start, end)),
    ),
  };
}

function hasOtherRefusal(plan: ScalaPlan): boolean {
  return plan.findings.some(
    ({ route, reason }) =>
      route === 'question' ||
      (route === 'person' && reason !== 'FIELD_LEFT_TO_OWNER'),
  );
}

/** Reads the edited file again: it parses, its SQL is the expected, and nothing reads the old dataset. */
async function isVerified(
  path: string,
  after: string,
  plan: ScalaPlan,
  context: RewriteContext,
): Promise<boolean> {
  const file = await parseScala({ path, text: after }, context.parser);
  if (typeof file === 'string') {
    return false;
  }
  const again = await planScala(file, context);
  return (
    readsExpected(file, plan) &&
    again.edits.length === 0 &&
    again.findings.length === 0 &&
    again.comments.length === 0
  );
}
