import { spawn } from 'child_process';

/** What Python says of a text. */
export type PythonVerdict =
  | { kind: 'passed'; version: string }
  | { kind: 'failed'; message: string }
  /** No Python 3 answers here. */
  | { kind: 'absent' };

const TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 10_000;

/**
 * Compiles its standard input to byte code, which is thrown away: nothing of the text
 * is run or imported. Isolated mode reads no environment and no directory.
 */
const PROGRAM = `
import json, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (8, 8))
except Exception:
    pass
import warnings
warnings.simplefilter('ignore')
version = '.'.join(map(str, sys.version_info[:2]))
text = sys.stdin.buffer.read()
try:
    compile(text, 'file', 'exec', dont_inherit=True)
    print(json.dumps({'ok': True, 'version': version}))
except (SyntaxError, ValueError) as error:
    print(json.dumps({'ok': False, 'line': getattr(error, 'lineno', None), 'message': str(getattr(error, 'msg', error)), 'version': version}))
`;

/** Compiles a text in a process of its own, with limits. */
export async function compilePython(text: string): Promise<PythonVerdict> {
  const output = await run(text);
  if (output === undefined) {
    return { kind: 'absent' };
  }
  try {
    const said = JSON.parse(output);
    if (said.ok === true) {
      return { kind: 'passed', version: String(said.version) };
    }
    return {
      kind: 'failed',
      message: `${said.message} (line ${said.line}, Python ${said.version})`,
    };
  } catch {
    // It broke down or ran out of its limits, and so said nothing of the text.
    return { kind: 'absent' };
  }
}

function run(text: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn('python3', ['-I', '-S', '-c', PROGRAM], {
      // A version manager looks for its configuration in the directory.
      cwd: process.platform === 'win32' ? undefined : '/',
      env: {
        PATH: process.env.PATH,
        ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      output += output.length < MAX_OUTPUT ? chunk : '';
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(undefined));
    child.on('close', code => resolve(code === 0 ? output : undefined));
    child.stdin.end(text);
  });
}
