import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { ChildParser } from './ChildParser';

jest.setTimeout(60_000);

describe('ChildParser', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'child-parser-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function entry(source: string): Promise<string> {
    const path = join(folder, `${Math.random()}.js`);
    await writeFile(path, source);
    return path;
  }

  it('parses in a child process, from the sources', async () => {
    const parser = new ChildParser();
    try {
      const parsed = await parser.parse(
        "SELECT '😀', a.x FROM t a",
        'bigquery',
      );
      expect(parsed).toMatchObject({
        ok: true,
        columns: [{ name: 'x', nameStart: 15, nameEnd: 16, qualifier: 'a' }],
      });
      const broken = await parser.parse('SELECT ((', 'bigquery');
      expect(broken).toMatchObject({ ok: false, kind: 'syntax' });
    } finally {
      await parser.close();
    }
  });

  it('ends a child that takes too long, and starts another', async () => {
    const parser = new ChildParser({
      timeoutMs: 1_500,
      entry: await entry(
        `process.on('message', m => { if (m.sql === 'loop') { for (;;); }
         process.send({ id: m.id, result: { ok: true, tokens: [], columns: [] } }); });`,
      ),
    });
    try {
      expect(await parser.parse('loop', 'bigquery')).toMatchObject({
        ok: false,
        kind: 'limit',
      });
      expect(await parser.parse('fine', 'bigquery')).toMatchObject({
        ok: true,
      });
    } finally {
      await parser.close();
    }
  });

  it('survives a trap of the child', async () => {
    const parser = new ChildParser({
      entry: await entry(
        `process.on('message', m => { if (m.sql === 'trap') { process.exit(70); }
         process.send({ id: m.id, result: { ok: true, tokens: [], columns: [] } }); });`,
      ),
    });
    try {
      const [trapped, fine] = await Promise.all([
        parser.parse('trap', 'bigquery'),
        parser.parse('fine', 'bigquery'),
      ]);
      expect(trapped).toMatchObject({ ok: false, kind: 'limit' });
      expect(fine).toMatchObject({ ok: true });
    } finally {
      await parser.close();
    }
  });

  it('ends a child that takes too much memory', async () => {
    const parser = new ChildParser({
      memoryMb: 200,
      entry: await entry(
        `process.on('message', () => { const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 10); });`,
      ),
    });
    try {
      expect(await parser.parse('grow', 'bigquery')).toMatchObject({
        ok: false,
        kind: 'limit',
        message: 'The parser ran out of memory',
      });
    } finally {
      await parser.close();
    }
  });
});
