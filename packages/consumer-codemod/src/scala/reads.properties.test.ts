import fc from 'fast-check';
import { NameMatcher } from '../names/NameMatcher';
import { InProcessParser } from '../parser/InProcessParser';
import { applyEdits, Edit } from '../patch/Edit';
import { RewriteContext } from '../rewrite/FileRewriter';
import { testMapping } from '../testing';
import { ScalaRewriter } from './ScalaRewriter';

jest.setTimeout(120_000);

const base = testMapping();
const mapping = testMapping({
  from: {
    ...base.from,
    contract: {
      ...base.from.contract,
      fields: base.from.contract.fields.map(field => ({
        ...field,
        required: field.name === 'id',
      })),
    },
  },
});

const parser = new InProcessParser();

async function rewrite(text: string) {
  const path = 'Job.scala';
  const context: RewriteContext = {
    mapping,
    answers: [],
    matcher: new NameMatcher(mapping),
    parser,
    cache: new Map(),
    schemas: new Map(),
    macros: new Map(),
    files: [{ path, text }],
  };
  return new ScalaRewriter().rewrite({ path, text }, context);
}

const name = fc.constantFrom(
  '"shop:analytics.t1"',
  '"analytics.t1"',
  '"""shop:analytics.t1"""',
);
const key = fc.constantFrom('id', 'country', 'ratio');
const gap = fc.constantFrom('', '\n      ', '\n\t');
/** A read of the table; in some it is refused, in none edited by half. */
const read = fc.oneof(
  fc
    .tuple(name, key, gap)
    .map(
      ([table, field, space]) =>
        `sc${space}.bigQueryTable(Table.Spec(args.getOrElse("in", ${table})))${space}.map(_.get("${field}"))`,
    ),
  fc
    .tuple(name, key, gap)
    .map(
      ([table, field, space]) =>
        `sc${space}.bigQueryStorage(Table.Spec(${table}), List("${field}"))${space}.map(f)`,
    ),
  fc
    .tuple(name, fc.subarray(['country', 'id', 'ratio'], { minLength: 1 }))
    .map(
      ([table, fields]) =>
        `object Rows {\n    @BigQueryType.fromStorage(${table}, selectedFields = List(${fields
          .map(each => `"${each}"`)
          .join(', ')}))\n    class Row\n    sc.typedBigQuery[Row]()\n  }`,
    ),
);
const other = fc.constantFrom(
  '// reads analytics.t1 😀',
  'println("é analytics.t1")',
  'val x = s"$y ${z}"',
  '/* a */ val q = """a\n  b"""',
);

/** The edits make the new text of the old one, and the old one of the new one. */
function isUndone(text: string, after: string, edits: readonly Edit[]) {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  let shift = 0;
  const back = sorted.map(edit => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return {
      ...edit,
      start,
      end: start + edit.text.length,
      text: text.slice(edit.start, edit.end),
    };
  });
  return applyEdits(text, sorted) === after && applyEdits(after, back) === text;
}

/** Edited in whole and only once, or refused with a reason. */
async function observe(text: string) {
  const { after, edits = [], findings } = await rewrite(text);
  if (after === undefined) {
    return { changed: false, isSound: findings.length > 0 };
  }
  const again = await rewrite(after);
  const isDone = again.after === undefined && again.findings.length === 0;
  return { changed: true, isSound: isDone && isUndone(text, after, edits) };
}

describe('reads in Scala', () => {
  it('change nothing outside of the edits, can be undone, and are done once', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        other,
        read,
        other,
        fc.boolean(),
        async (before, body, after, windows) => {
          const lines = [
            'package x',
            'import com.spotify.scio.bigquery._',
            'object Job {',
            '  val (sc, args) = ContextAndArgs(line)',
            '  save(Table.Spec("x:y.z"))',
            ...[before, body, after].map(each => `  ${each}`),
            '}\n',
          ];
          const seen = await observe(lines.join(windows ? '\r\n' : '\n'));
          changed += seen.changed ? 1 : 0;
          expect(seen.isSound).toBe(true);
        },
      ),
      { numRuns: 30, seed: 4 },
    );
    expect(changed).toBeGreaterThan(22);
  });
});
