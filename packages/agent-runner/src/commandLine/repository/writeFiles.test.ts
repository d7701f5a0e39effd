import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'fs';
import { TestCheckout } from '../../testing/TestCheckout';
import { writeFiles } from './writeFiles';

const file = (path: string) => ({
  path,
  before: Buffer.from('old\r\n'),
  after: Buffer.from('new\r\n'),
});

describe('writeFiles', () => {
  let checkout: TestCheckout;

  beforeEach(() => {
    checkout = new TestCheckout();
    checkout.write({ 'a.sql': 'old\r\n', 'd/b.sql': 'old\r\n' });
  });
  afterEach(() => checkout.remove());

  const write = (...paths: string[]) =>
    writeFiles(checkout.directory, paths.map(file));

  it('replaces files and leaves nothing else', async () => {
    await write('a.sql', 'd/b.sql');
    expect(checkout.read('a.sql')).toBe('new\r\n');
    expect(checkout.read('d/b.sql')).toBe('new\r\n');
    expect(readdirSync(checkout.directory).sort()).toEqual(['a.sql', 'd']);
  });

  it('changes none where one was changed underneath', async () => {
    checkout.write({ 'd/b.sql': 'mine\n' });
    await expect(write('a.sql', 'd/b.sql')).rejects.toThrow(
      'd/b.sql was changed since it was read; run the command again.',
    );
    expect(checkout.read('a.sql')).toBe('old\r\n');
    expect(checkout.read('d/b.sql')).toBe('mine\n');
    expect(readdirSync(checkout.directory).sort()).toEqual(['a.sql', 'd']);
  });

  it('does not bring back what was deleted', async () => {
    rmSync(checkout.path('a.sql'));
    await expect(write('a.sql')).rejects.toThrow('a.sql was deleted');
    expect(readdirSync(checkout.directory)).toEqual(['d']);
  });

  it('writes through no symbolic link, neither of a file nor of a directory', async () => {
    const outside = new TestCheckout();
    outside.write({ 'a.sql': 'old\r\n', 'b.sql': 'old\r\n' });
    rmSync(checkout.path('a.sql'));
    rmSync(checkout.path('d'), { recursive: true });
    symlinkSync(outside.path('a.sql'), checkout.path('a.sql'));
    symlinkSync(outside.directory, checkout.path('d'));
    await expect(write('a.sql')).rejects.toThrow('symbolic link');
    await expect(write('d/b.sql')).rejects.toThrow('symbolic link');
    expect(outside.read('a.sql')).toBe('old\r\n');
    expect(readdirSync(outside.directory).sort()).toEqual(['a.sql', 'b.sql']);
    outside.remove();
  });

  it('does not take a directory for a file', async () => {
    mkdirSync(checkout.path('e'));
    await expect(write('e')).rejects.toThrow('e was changed');
  });
});
