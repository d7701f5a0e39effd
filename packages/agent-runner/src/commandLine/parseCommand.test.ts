import { InputError } from '@backstage/errors';
import { parseCommand } from './parseCommand';

const PLAN = ['--plan', 'p.yaml'];

describe('parseCommand', () => {
  it('reads a command with its options', () => {
    expect(
      parseCommand([
        'verify',
        ...PLAN,
        '--repo',
        'r',
        '--paths',
        'a/**',
        '--paths',
        'b',
        '--connection',
        'duckdb:x.db',
        '--seed',
        '7',
        '--timeout',
        '5',
        '--json',
      ]),
    ).toEqual({
      kind: 'command',
      command: {
        name: 'verify',
        plan: 'p.yaml',
        repo: 'r',
        paths: ['a/**', 'b'],
        connection: 'duckdb:x.db',
        seed: 7,
        timeoutMs: 5000,
        write: false,
        json: true,
      },
    });
  });

  it.each([
    [[], { kind: 'help' }],
    [['-h'], { kind: 'help' }],
    [['usage', '--help'], { kind: 'help', command: 'usage' }],
    [['--version'], { kind: 'version' }],
  ])('%j is no command', (args, expected) => {
    expect(parseCommand(args)).toEqual(expected);
  });

  it.each([
    [['wander'], 'There is no command "wander"'],
    [['--json'], 'Name a command'],
    [['check'], 'check needs --plan FILE'],
    [['check', ...PLAN, '--repo', 'r'], 'check takes no --repo'],
    [['usage', ...PLAN], 'usage needs --repo DIR'],
    [['usage', ...PLAN, '--repo', 'r', '--write'], 'usage takes no --write'],
    [['usage', ...PLAN, '--repo', 'r', 'sql/a.sql'], '"sql/a.sql" is not'],
    [['verify', ...PLAN, '--repo', 'r', '--seed', '-1'], '--seed'],
    [['verify', ...PLAN, '--repo', 'r', '--seed=1.5'], '--seed must be'],
    [['verify', ...PLAN, '--repo', 'r', '--timeout', '0'], '--timeout must'],
    [['usage', '--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', (args, message) => {
    const parse = () => parseCommand(args);
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(message);
  });
});
