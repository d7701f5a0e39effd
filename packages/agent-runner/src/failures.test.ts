import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { InProcessParser } from 'dataset-migration-consumer-codemod';
import { readPlainFile } from './commandLine/repository/readPlainFile';
import { Git } from './git/Git';
import { RunContext } from './run/RunContext';
import { simulate } from './run/simulate';
import { Source } from './source/openSource';
import { RunClient } from './source/RunClient';
import { exampleJob } from './testing/exampleJob';
import { TestBackend } from './testing/TestBackend';

describe('what ends a run', () => {
  const { signal } = new AbortController();
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'failures-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('SOURCE_UNAVAILABLE: the backend does not know the run', async () => {
    const backend = new TestBackend();
    const url = await backend.start();
    try {
      const job = exampleJob(url, { run: { id: 'run-2' } });
      const client = new RunClient(job, backend.credential);
      await expect(client.fetchSource(signal)).rejects.toMatchObject({
        signature: 'SOURCE_UNAVAILABLE',
        retryable: false,
      });
    } finally {
      await backend.stop();
    }
  });

  it('SOURCE_TOO_LARGE: git says more than is read', async () => {
    const git = new Git(directory, directory, signal);
    await expect(git.run(['version'], { maxOutput: 3 })).rejects.toMatchObject({
      signature: 'SOURCE_TOO_LARGE',
    });
  });

  it('AGENT_LEFT_SCOPE: a change of a file that is not of the target', async () => {
    const empty = Buffer.from('');
    const context: RunContext = {
      job: exampleJob('http://127.0.0.1'),
      source: { commit: 'a'.repeat(40) } as Source,
      workspace: directory,
      tree: [],
      files: [],
      findings: [],
      parser: new InProcessParser(),
      codemod: {
        rewrite: async () => ({
          files: [
            { path: 'other.sql', before: empty, after: empty, statements: [] },
          ],
          uses: [],
          findings: [],
          outcome: 'changed',
        }),
        findReads: async () => [],
      },
      signal,
      deadline: Date.now() + 1000,
      log: () => undefined,
      progress: () => undefined,
    };
    await expect(simulate(context)).rejects.toMatchObject({
      signature: 'AGENT_LEFT_SCOPE',
      message: 'other.sql is not ours',
    });
  });

  it('FILE_NOT_READABLE: what git lists is no file any more, and costs itself only', async () => {
    writeFileSync(join(directory, 'a'), '');
    expect(await readPlainFile(directory, 'a/b.sql')).toMatchObject({
      reason: 'FILE_NOT_READABLE',
      message: 'The file could not be read (ENOTDIR).',
      place: { path: 'a/b.sql' },
    });
  });
});
