/**
 * The git program ended with an error, ran too long or wrote too much.
 * `stderr` is what it said, with every secret taken out.
 */
export class GitError extends Error {
  readonly name = 'GitError';
  readonly command: string;
  readonly exitCode: number | undefined;
  readonly stderr: string;

  constructor(command: string, exitCode: number | undefined, stderr: string) {
    const last = stderr.trim().split('\n').slice(-3).join(' ');
    super(`git ${command} failed${last ? `: ${last}` : ''}`);
    this.command = command;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}
