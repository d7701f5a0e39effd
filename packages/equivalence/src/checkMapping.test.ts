import {
  DatasetMapping,
  FieldMapping,
} from 'backstage-plugin-dataset-migration-common';
import { checkMapping } from './checkMapping';
import { userActivityMapping } from './testUtils/userActivityMapping';

jest.setTimeout(60_000);

/** The mapping with other expressions for some of its fields. */
function mappingWith(
  fields: Record<string, string>,
  change: Partial<DatasetMapping> = {},
): DatasetMapping {
  const mapping = userActivityMapping(change);
  return {
    ...mapping,
    fields: mapping.fields.map(
      (field): FieldMapping =>
        field.name in fields
          ? { kind: 'expression', name: field.name, is: fields[field.name] }
          : field,
    ),
  };
}

async function codes(
  fields: Record<string, string>,
  change: Partial<DatasetMapping> = {},
) {
  const problems = await checkMapping({ mapping: mappingWith(fields, change) });
  return problems.map(({ place, code, severity }) => [place, code, severity]);
}

describe('checkMapping', () => {
  it('has nothing to say about a mapping that fits', async () => {
    await expect(codes({})).resolves.toEqual([]);
  });

  it('reads types through the table of the dialect', async () => {
    await expect(
      codes({
        user_id: 'sessions',
        country: 'CAST(sessions AS STRING)',
        activity_ts: 'event_ms',
        score: 'rank',
        legacy_id: 'CAST(quality_score AS INT64)',
        sessions: 'house_count(sessions)',
      }),
    ).resolves.toEqual([
      ['fields.user_id', 'TYPE_LOSSY', 'error'],
      ['fields.activity_ts', 'TYPE_LOSSY', 'error'],
      ['fields.score', 'TYPE_WIDENED', 'warning'],
      ['fields.sessions', 'TYPE_UNKNOWN', 'warning'],
    ]);
  });

  it('refuses what an expression must not hold', async () => {
    await expect(
      codes(
        {
          user_id: 'country',
          country: 'country_code FROM x',
          activity_ts: 'CURRENT_TIMESTAMP()',
          app_version: '(SELECT MAX(version) FROM x)',
          score: 'AVG(quality_score)',
          legacy_id: 'ROW_NUMBER() OVER (ORDER BY rank)',
          sessions: 'sessions +',
        },
        { rows: { grain: 'same', where: 'sessions' } },
      ),
    ).resolves.toEqual([
      ['fields.user_id', 'FIELD_NOT_IN_NEW_CONTRACT', 'error'],
      ['fields.country', 'NOT_AN_EXPRESSION', 'error'],
      ['fields.activity_ts', 'VOLATILE_NOT_ALLOWED', 'error'],
      ['fields.app_version', 'SUBQUERY_NOT_ALLOWED', 'error'],
      ['fields.score', 'AGGREGATE_NOT_ALLOWED', 'error'],
      ['fields.legacy_id', 'WINDOW_NOT_ALLOWED', 'error'],
      ['fields.sessions', 'EXPRESSION_DOES_NOT_PARSE', 'error'],
      ['rows.where', 'TYPE_LOSSY', 'error'],
    ]);
  });

  it('refuses expressions that do not fit their functions', async () => {
    await expect(
      codes({ activity_ts: 'TIMESTAMP_MILLIS(is_deleted, rank)' }),
    ).resolves.toEqual([
      ['fields.activity_ts', 'EXPRESSION_DOES_NOT_BIND', 'error'],
    ]);
  });

  it('allows aggregates where rows are grouped', async () => {
    await expect(
      codes(
        { sessions: 'SUM(sessions)' },
        { rows: { grain: { by: ['user_id'] } } },
      ),
    ).resolves.toEqual([]);
  });
});
