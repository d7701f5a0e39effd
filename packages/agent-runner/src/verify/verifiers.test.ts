import {
  InProcessParser,
  rewriteConsumer,
  SourceParser,
} from 'dataset-migration-consumer-codemod';
import { pairStatements } from '../change/pairStatements';
import { exampleJob } from '../testing/exampleJob';
import { ParsesVerifier } from './ParsesVerifier';
import { ResolvesVerifier } from './ResolvesVerifier';
import { ScopeVerifier } from './ScopeVerifier';
import { Verifier, VerifierContext } from './Verifier';
import { verifyChange } from './verifyChange';

const parser = new InProcessParser();
const FILE = { mode: '100644', blob: 'a'.repeat(40) };

function contextOf(changes: Partial<VerifierContext>): VerifierContext {
  return {
    job: exampleJob('http://127.0.0.1'),
    changes: [{ path: 'a.sql', before: FILE, after: FILE }],
    patchBytes: 1,
    files: [],
    filesAfter: [],
    parser,
    codemod: { rewrite: input => rewriteConsumer({ ...input, parser }) },
    deadline: Date.now() + 60_000,
    ...changes,
  };
}

async function judge(verifier: Verifier, changes: Partial<VerifierContext>) {
  const { evidence } = await verifier.verify(contextOf(changes));
  return [evidence.verdict, evidence.reason];
}

describe('ScopeVerifier', () => {
  const change = (path: string, mode = FILE.mode) => ({
    changes: [{ path, before: FILE, after: { ...FILE, mode } }],
  });

  it.each([
    ['SCOPE_PATCH_TOO_LARGE', { patchBytes: 1_000_000_000 }],
    ['SCOPE_PATH_UNSAFE', change('../a.sql')],
    ['SCOPE_PROTECTED_FILE', change('.github/workflows/a.yml')],
    ['SCOPE_NOT_A_PLAIN_FILE', change('a.sql', '120000')],
    ['SCOPE_MODE_CHANGED', change('a.sql', '100755')],
  ])('fails with %s', async (reason, changes) => {
    expect(await judge(new ScopeVerifier(), changes)).toEqual([
      'failed',
      reason,
    ]);
  });

  it('passes files of the target, and fails those of another', async () => {
    expect(await judge(new ScopeVerifier(), {})).toEqual(['passed', undefined]);
    const job = exampleJob('http://127.0.0.1', { target: { paths: ['b/**'] } });
    expect(await judge(new ScopeVerifier(), { job })).toEqual([
      'failed',
      'SCOPE_OTHER_TARGET',
    ]);
  });
});

describe('ParsesVerifier', () => {
  const files = [
    {
      path: 'a.sql',
      statements: [
        {
          label: 'statement 1',
          oldSql: 'SELECT 1',
          newSql: 'SELECT ((',
          tables: [],
          ordered: false,
        },
      ],
    },
  ];

  it('tells a query that does not parse from a parser that gave up', async () => {
    expect(await judge(new ParsesVerifier(), { files })).toEqual([
      'failed',
      'PARSE_FAILED',
    ]);
    const tired: SourceParser = Object.assign(new InProcessParser(), {
      parse: async () => ({ ok: false, kind: 'limit', message: 'too long' }),
    });
    expect(await judge(new ParsesVerifier(), { files, parser: tired })).toEqual(
      ['inconclusive', 'PARSER_LIMIT'],
    );
  });
});

describe('ResolvesVerifier', () => {
  it('fails where the codemod finds a read that it would still rewrite', async () => {
    const content = Buffer.from(
      'SELECT country FROM analytics.user_activity_v1\n',
    );
    const path = 'a.sql';
    expect(
      await judge(new ResolvesVerifier(), {
        files: [{ path, before: content, after: content }],
        filesAfter: [{ path, content }],
      }),
    ).toEqual(['failed', 'OLD_READ_LEFT']);
  });
});

describe('verifyChange', () => {
  it('takes a verifier that breaks down for inconclusive', async () => {
    const [evidence] = await verifyChange(contextOf({}), {
      signal: new AbortController().signal,
      log: () => undefined,
      verifiers: [
        {
          id: 'broken',
          verify: async () => {
            throw new Error('a defect');
          },
        },
      ],
    });
    expect(evidence).toMatchObject({
      verdict: 'inconclusive',
      reason: 'VERIFIER_BROKE',
      summary: 'The verifier broke down: a defect',
    });
  });
});

describe('pairStatements', () => {
  const pair = (path: string, before: string, after: string) =>
    pairStatements({
      path,
      before,
      after,
      known: [],
      parser,
      dialect: 'bigquery',
    });

  it.each([
    ['EDITED_FILE_NOT_SQL', 'a.py', 'x = 1', 'x = 2'],
    ['EDITED_TEMPLATE', 'a.sql', 'SELECT {{ x }}', 'SELECT 1'],
    ['PARSE_FAILED', 'a.sql', 'SELECT 1', 'SELECT (('],
    ['EDITED_STATEMENTS_DIFFER', 'a.sql', 'SELECT 1', 'SELECT 1; SELECT 2'],
  ])('says %s', async (reason, path, before, after) => {
    expect(await pair(path, before, after)).toEqual({ reason });
  });

  it('pairs the statements that differ by their position', async () => {
    expect(
      await pair('a.sql', 'SELECT 1; SELECT 2;', 'SELECT 1; SELECT 3'),
    ).toMatchObject({
      statements: [
        { label: 'statement 2', oldSql: 'SELECT 2', newSql: 'SELECT 3' },
      ],
    });
  });
});
