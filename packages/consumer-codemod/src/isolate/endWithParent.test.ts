import { spawn } from 'child_process';
import { once } from 'events';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const CHILD = `
  require(${JSON.stringify(
    require.resolve('./endWithParent'),
  )}).endWithParent();
  require('fs').writeSync(1, String(process.pid));
  setTimeout(() => { for (;;); });
`;
const PARENT = `
  require('child_process').spawn(
    process.execPath,
    ['--require', ${JSON.stringify(TRANSFORM)}, '--eval', ${JSON.stringify(
  CHILD,
)}],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  setTimeout(() => undefined, 60_000);
`;

describe('endWithParent', () => {
  it('ends a process in an endless loop whose parent was killed', async () => {
    const parent = spawn(process.execPath, ['--eval', PARENT]);
    const [pid] = await once(parent.stdout, 'data');
    expect(Number(pid)).not.toBe(parent.pid);
    // The child holds the output open for as long as it runs.
    const ended = once(parent.stdout, 'close');
    parent.kill('SIGKILL');
    const killed = Date.now();
    await ended;
    expect(Date.now() - killed).toBeLessThan(20_000);
  }, 30_000);
});
