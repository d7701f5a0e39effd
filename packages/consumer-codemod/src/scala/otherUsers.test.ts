import { InProcessParser } from '../parser/InProcessParser';
import { otherUsers } from './otherUsers';
import { parseScala } from './parseScala';
import { ScalaFile } from './ScalaFile';

async function users(text: string) {
  const file = await parseScala(
    { path: 'A.scala', text: 'object Tables {\n  val NAME = "x"\n}\n' },
    new InProcessParser(),
  );
  if (!(file instanceof ScalaFile)) {
    throw new Error('The file cannot be parsed');
  }
  const [constant] = file.nodes.filter(({ type }) => type === 'val_definition');
  return otherUsers(file, constant, [{ path: 'B.scala', text }]).length;
}

describe('otherUsers', () => {
  it.each([
    'object B { f(Tables.NAME) }',
    'object B { f(s"${Tables.NAME}") }',
    'object B { f("a // b", Tables.NAME) }',
    `object B { f('"', "http://x", Tables.NAME, "y") }`,
    'object B { f("""/* """, Tables.NAME, """ */""") }',
    'object B { f(x /* Tables.NAME) }',
  ])('finds %s', async text => {
    expect(await users(text)).toBe(1);
  });

  it.each([
    '// Tables.NAME\nobject B',
    '/* as Tables.NAME is */ object B',
    'object B { f(NAME) /* of Tables */ }',
  ])('does not take for a use: %s', async text => {
    expect(await users(text)).toBe(0);
  });
});
