import { loadPolyglot } from './polyglot';
import { withoutComments } from './withoutComments';

jest.setTimeout(60_000);

beforeAll(loadPolyglot);

describe('withoutComments', () => {
  it.each([
    [
      "SELECT a -- x\n, /* b */ 'c--d' # e\n FROM `t-x.u` /* z */",
      "SELECT a\n, 'c--d'\nFROM `t-x.u` ",
    ],
    [
      '-- 😀\nSELECT \'😀\' /* y */, r\'\\d # no\', """a\n--b""" FROM t; -- end',
      '\nSELECT \'😀\' , r\'\\d # no\', """a\n--b""" FROM t; ',
    ],
    ['SELECT 1 - 1 / 2', 'SELECT 1 - 1 / 2'],
  ])('leaves %j as %j', (sql, text) => {
    expect(withoutComments(sql, 'bigquery')).toBe(text);
  });
});
