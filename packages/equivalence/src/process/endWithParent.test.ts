import { spawn } from 'node:child_process';
import { once } from 'node:events';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const CHILD = `
  require(${JSON.stringify(
    require.resolve('./endWithParent'),
  )}).endWithParent();
  console.log(process.pid);
  setTimeout(() => undefined, 60_000);
`;
const PARENT = `
  require('node:child_process').spawn(
    process.execPath,
    ['--require', ${JSON.stringify(TRANSFORM)}, '--eval', ${JSON.stringify(
  CHILD,
)}],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  setTimeout(() => undefined, 60_000);
`;

describe('endWithParent', () => {
  it('ends a process whose parent was killed', async () => {
    const parent = spawn(process.execPath, ['--eval', PARENT]);
    const [pid] = await once(parent.stdout, 'data');
    expect(Number(pid)).not.toBe(parent.pid);

    // The child holds the output open for as long as it runs.
    const ended = once(parent.stdout, 'close');
    const killed = Date.now();
    parent.kill('SIGKILL');
    await ended;

    expect(Date.now() - killed).toBeLessThan(20_000);
  }, 30_000);
});
