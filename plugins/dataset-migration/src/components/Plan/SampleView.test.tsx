import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { SampleView } from './SampleView';

const SAMPLE: Api.PlanSample = {
  connection: 'warehouse-sample',
  checkedAt: 1_790_000_000_000,
  tables: [
    { side: 'from', name: 'lake.orders_v1', rows: 1, complete: true },
    { side: 'to', name: 'lake.orders_v2', rows: 20000, complete: false },
  ],
  drift: [],
  mapping: {
    path: '',
    label: 'the mapping itself',
    verdict: 'passed',
    message: '9000 rows agree',
    inputRows: {},
    outputRows: 9000,
  },
};

describe('SampleView', () => {
  it('says that no real data was asked', async () => {
    await renderInTestApp(<SampleView />);
    expect(screen.getByText('not checked on real data')).toBeInTheDocument();
    expect(
      screen.getByText(/No connection to real data is configured/),
    ).toBeInTheDocument();
  });

  it('says what the mapping was checked on', async () => {
    await renderInTestApp(<SampleView sample={SAMPLE} />);
    expect(screen.getByText('mapping checked')).toBeInTheDocument();
    expect(screen.getByText(/9000 rows agree/)).toBeInTheDocument();
    expect(
      screen.getByText(
        'Read 1 row of lake.orders_v1; 20000 rows of lake.orders_v2, which has more.',
      ),
    ).toBeInTheDocument();
  });

  it('shows drift and rows that the mapping gets wrong', async () => {
    await renderInTestApp(
      <SampleView
        sample={{
          ...SAMPLE,
          drift: [
            {
              side: 'to',
              field: 'country_code',
              code: 'DRIFT_NULL',
              severity: 'error',
              message: 'country_code is required, and NULL in 3 of 9 rows',
            },
          ],
          mapping: {
            ...SAMPLE.mapping!,
            verdict: 'failed',
            reason: 'MAPPING_DIFFERS',
            counterexample: {
              inputs: {},
              old: { columns: ['country'], rows: [['DE']] },
              new: { columns: ['country'], rows: [['SE']] },
            },
          },
        }}
      />,
    );
    expect(screen.getByText('mapping differs')).toBeInTheDocument();
    expect(
      screen.getByText(/Error in the new version: country_code is required/),
    ).toBeInTheDocument();
    expect(screen.getByText('DE')).toBeInTheDocument();
    expect(screen.getByText('SE')).toBeInTheDocument();
  });

  it('says why the data could not be read', async () => {
    const { connection, checkedAt } = SAMPLE;
    const error = 'The role of the connection can change data.';
    await renderInTestApp(
      <SampleView sample={{ connection, checkedAt, error }} />,
    );
    expect(screen.getByText('not checked on real data')).toBeInTheDocument();
    expect(screen.getByText(/can change data/)).toBeInTheDocument();
  });
});
