import { frameworkOf } from './frameworkOf';

describe('frameworkOf', () => {
  it.each([
    [['a/Job.scala', 'b.sql'], 'scala'],
    [['dags/daily.py'], 'airflow'],
    [['jobs/daily.py'], 'python'],
    [['note.ipynb'], 'python'],
    [['models/a.sql', 'models/a.yml'], 'dbt'],
    [['sql/a.sql'], 'bigquery-sql'],
    [['conf/a.yaml'], 'config'],
    [['README.md'], undefined],
    [[], undefined],
  ])('of %p is %p', (paths, framework) => {
    const uses = paths.map(path => ({
      place: { path, line: 1, column: 1 },
      context: 'table',
      route: 'codemod' as const,
      snippet: '',
    }));
    expect(frameworkOf({ uses })).toBe(framework);
  });
});
