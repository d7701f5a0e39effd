import { DatasetUse } from '../change/Finding';
import {
  newContract,
  oldContract,
  smallPlan,
} from '../plan/examplePlan.fixture';
import { parsePlan } from '../plan/parsePlan';
import { buildMapping } from './buildMapping';
import { canonicalJson } from './canonicalJson';
import { planSlice } from './planSlice';

const use = (field?: string, context = 'projection'): DatasetUse => ({
  place: { path: 'a.sql', line: 1, column: 1 },
  field,
  context,
  route: 'codemod',
  snippet: '',
});
const mappingOf = (text: string, version: number) =>
  buildMapping({
    plan: parsePlan(text).plan!,
    fromContract: oldContract,
    toContract: newContract,
    version,
  });

describe('planSlice', () => {
  const before = mappingOf(smallPlan, 1);
  const after = mappingOf(
    smallPlan.replace('TIMESTAMP_MILLIS(', 'TIMESTAMP_SECONDS('),
    2,
  );

  it('changes only for targets that read the field that changed', () => {
    const slice = (uses: DatasetUse[]) =>
      planSlice(before, uses) === planSlice(after, uses);
    expect(slice([use(), use('country')])).toBe(true);
    expect(slice([use('ACTIVITY_TS')])).toBe(false);
    expect(slice([use(undefined, 'star')])).toBe(false);
  });

  it('changes for everybody when rows or names change', () => {
    const rows = mappingOf(smallPlan.replace('NOT is_deleted', 'rank > 0'), 2);
    const names = mappingOf(smallPlan.replace('raw, ', 'new, '), 2);
    expect(planSlice(rows, [use()])).not.toBe(planSlice(before, [use()]));
    expect(planSlice(names, [use()])).not.toBe(planSlice(before, [use()]));
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: 'x' })).toBe(
      '{"a":"x","b":[{"d":1}]}',
    );
    expect(canonicalJson({ a: 'x', b: [{ d: 1 }] })).toBe(
      canonicalJson({ b: [{ d: 1 }], a: 'x' }),
    );
  });
});
