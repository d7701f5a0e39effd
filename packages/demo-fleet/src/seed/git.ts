import { spawn } from 'node:child_process';

/**
 * Runs git in a bare repository, away from the configuration of whoever started it.
 *
 * @returns what it printed
 */
export async function git(
  gitDir: string,
  args: readonly string[],
  input?: Buffer,
): Promise<string> {
  const child = spawn('git', args, {
    env: {
      PATH: process.env.PATH,
      GIT_DIR: gitDir,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  // git may leave before it read everything; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`git ${args[0]} ended with ${code}: ${errors}`));
      }
    });
  });
  return output;
}
