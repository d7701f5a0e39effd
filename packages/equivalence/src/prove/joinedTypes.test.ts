import { loadPolyglot, parseStatement } from '../translate/polyglot';
import { ColumnType } from '../types/ColumnType';
import { joinedTypes } from './joinedTypes';

const TEXT: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: true };
const NUMBER: ColumnType = { kind: 'scalar', name: 'BIGINT', known: true };

function types(from: string) {
  const statement = parseStatement(`SELECT 1 FROM ${from}`, 'bigquery');
  const known = new Map([
    ['ticket_id', TEXT],
    ['n', NUMBER],
  ]);
  return Object.fromEntries(
    [...joinedTypes([statement], known)].map(([name, type]) => [
      name,
      type.kind === 'scalar' && type.name,
    ]),
  );
}

beforeAll(loadPolyglot);

describe('joinedTypes', () => {
  it('follows comparisons of columns from a declared one', () => {
    expect(
      types(
        't JOIN a ON t.ticket_id = a.id JOIN b ON a.id = b.Ref AND b.x = b.y',
      ),
    ).toEqual({ ticket_id: 'VARCHAR', id: 'VARCHAR', ref: 'VARCHAR' });
  });

  it('tells nothing of names that meet several types, or of other comparisons', () => {
    expect(types('t JOIN a ON t.ticket_id = a.id AND t.n = a.id')).toEqual({});
    expect(
      types('t JOIN a ON t.n = LENGTH(a.id) AND t.n < a.x AND t.n = a.y + 1'),
    ).toEqual({});
  });
});
