import { collectHints } from '../generate/collectHints';
import { loadPolyglot, parseStatement } from '../translate/polyglot';
import { ColumnType } from '../types/ColumnType';
import { suggestTexts } from './suggestTexts';

jest.setTimeout(60_000);

beforeAll(loadPolyglot);

const TEXT: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: true };
const JSON_TYPE: ColumnType = { kind: 'scalar', name: 'JSON', known: true };

function suggest(name: string, type: ColumnType): string[] {
  const sql = `SELECT SAFE_CAST(n AS INT64), CAST(t.d AS DATE), JSON_VALUE(doc, '$.a.b'), JSON_EXTRACT_SCALAR(doc, '$.c'), JSON_VALUE(extra.url), JSON_QUERY_ARRAY(list, '$.items'), JSON_VALUE(odd, '$.__proto__.x') FROM t`;
  return suggestTexts(
    name,
    type,
    collectHints([parseStatement(sql, 'bigquery')], new Map()),
  );
}

describe('suggestTexts', () => {
  it.each<[name: string, type: ColumnType, second: string | undefined]>([
    ['n', TEXT, `'16'`],
    ['d', TEXT, `'2024-06-14'`],
    ['DOC', TEXT, `'{"a":{"b":"b1"},"c":"c1"}'`],
    ['extra', JSON_TYPE, `'{"url":"url1"}'::JSON`],
    ['list', TEXT, `'{"items":"items1"}'`],
    ['odd', TEXT, `'{"x":"x1"}'`],
    ['other', TEXT, undefined],
    ['n', { kind: 'scalar', name: 'BIGINT', known: true }, undefined],
  ])('%s', (name, type, second) => {
    const texts = suggest(name, type);

    expect(texts[1]).toBe(second);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
