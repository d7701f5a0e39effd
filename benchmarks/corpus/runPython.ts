import { spawn } from 'node:child_process';
import path from 'node:path';

/** Runs a script of `oracle/`; `CORPUS_PYTHON` names an interpreter that has its libraries. */
export async function runPython(
  script: string,
  args: readonly string[],
): Promise<void> {
  const child = spawn(
    process.env.CORPUS_PYTHON ?? 'python3',
    [path.join(__dirname, 'oracle', script), ...args],
    {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`${script} ended with ${code}`);
  }
}
