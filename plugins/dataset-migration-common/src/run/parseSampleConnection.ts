import { HostileInput } from './HostileInput';
import { need } from './parseChecked';
import { SampleConnection } from './SampleConnection';

const KINDS = ['duckdb', 'directory', 'postgres'] as const;

/**
 * Checks a connection. What is wrong is told without the address, which may hold a
 * password.
 *
 * @throws InputError with the place that is wrong.
 */
export function parseSampleConnection(input: HostileInput): SampleConnection {
  const { kind } = input.object(['kind', 'file', 'path', 'url']);
  switch (need(input, { kind }, 'kind', child => child.oneOf(KINDS))) {
    case 'duckdb':
      return {
        kind: 'duckdb',
        file: need(input, input.object(['kind', 'file']), 'file', place),
      };
    case 'directory':
      return {
        kind: 'directory',
        path: need(input, input.object(['kind', 'path']), 'path', place),
      };
    default:
      return {
        kind: 'postgres',
        url: need(input, input.object(['kind', 'url']), 'url', child =>
          child.matching(
            /^postgres(?:ql)?:\/\/\S+$/,
            'an address that begins with postgres://',
            5000,
          ),
        ),
      };
  }
}

function place(input: HostileInput): string {
  return input.text(5000, 1);
}
