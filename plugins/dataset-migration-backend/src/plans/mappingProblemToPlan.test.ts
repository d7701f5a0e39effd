import { PAGE_VIEWS_PLAN } from '../testing/pageViews';
import { mappingProblemToPlan } from './mappingProblemToPlan';

describe('mappingProblemToPlan', () => {
  const text = `${PAGE_VIEWS_PLAN}      'odd.name': other\n`;
  const at = (place: string, plan = text) => {
    const { line, path } = mappingProblemToPlan(
      { place, code: 'X', message: 'Wrong.', severity: 'error' },
      plan,
    );
    return [plan.split('\n')[line - 1].trim(), path];
  };

  it.each([
    ['fields.url', 'url: page_url', 'spec.mapping.fields.url'],
    ['fields.odd.name', "'odd.name': other", 'spec.mapping.fields.odd.name'],
    ['from.contract', 'contract: ./v1.odcs.yaml', 'spec.from.contract'],
    ['to.contract', 'contract: ./v2.odcs.yaml', 'spec.to.contract'],
  ])('finds %s', (place, line, path) => {
    expect(at(place)).toEqual([line, path]);
  });

  it('points at what is around a place that the plan does not write down', () => {
    expect(at('fields.view_id')[0]).toBe('url: page_url');
    expect(at('rows.where')[0]).toBe('dialect: bigquery');
    expect(at('fields.url', 'not: a plan\n')[0]).toBe('not: a plan');
  });
});
