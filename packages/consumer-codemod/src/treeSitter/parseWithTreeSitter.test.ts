import { ChildParser } from '../parser/ChildParser';
import { InProcessParser } from '../parser/InProcessParser';
import { CodeNode, SourceParser } from './CodeParser';

jest.setTimeout(60_000);

function find(node: CodeNode, type: string): CodeNode | undefined {
  if (node.type === type) {
    return node;
  }
  for (const child of node.children) {
    const found = find(child, type);
    if (found) {
      return found;
    }
  }
  return undefined;
}

describe.each([
  ['in this process', () => new InProcessParser()],
  ['in a child process', () => new ChildParser()],
])('parseTree %s', (_, create) => {
  let parser: SourceParser;

  beforeAll(() => {
    parser = create();
  });

  afterAll(() => parser.close());

  it('counts offsets in UTF-16 code units', async () => {
    const text = 'object A { val x = "😀ü"; val y = call("b") }';
    const parsed = await parser.parseTree(text, 'scala');
    expect(parsed).toMatchObject({ ok: true, errors: false });
    const call = parsed.ok && find(parsed.root, 'call_expression');
    expect(call && text.slice(call.start, call.end)).toBe('call("b")');
    expect(call && call.children.map(child => child.field)).toEqual([
      'function',
      'arguments',
    ]);
  });

  it('reads Python', async () => {
    const text = 'x = f"SELECT {a} FROM t"\n';
    const parsed = await parser.parseTree(text, 'python');
    expect(parsed).toMatchObject({ ok: true, errors: false });
    const hole = parsed.ok && find(parsed.root, 'interpolation');
    expect(hole && text.slice(hole.start, hole.end)).toBe('{a}');
  });

  it('tells that a text has errors', async () => {
    const parsed = await parser.parseTree('object { = )', 'scala');
    expect(parsed).toMatchObject({ ok: true, errors: true });
  });

  it('gives a verdict on a text that nests too deeply, and reads the next', async () => {
    const nested = (depth: number) =>
      `x = ${'('.repeat(depth)}1${')'.repeat(depth)}`;
    const results = await Promise.all([
      parser.parseTree(nested(3_000), 'python'),
      parser.parseTree(nested(900), 'python'),
    ]);
    expect(results).toMatchObject([
      { ok: false, kind: 'limit' },
      { ok: true, errors: false },
    ]);
  });
});
