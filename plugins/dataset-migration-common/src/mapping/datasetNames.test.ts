import { DataContract } from '../contract/DataContract';
import { datasetNames } from './datasetNames';

function contractOf(table: string, tables?: string[]): DataContract {
  return {
    id: 'x',
    version: '1.0.0',
    table,
    ...(tables && { tables }),
    fields: [],
  };
}

describe('datasetNames', () => {
  it('leaves the bare name out where the dataset is known', () => {
    const contract = contractOf('admissions', [
      'lake.clinical.admissions',
      'clinical.admissions',
      'admissions',
    ]);
    expect(datasetNames(contract).tables).toEqual([
      'lake.clinical.admissions',
      'clinical.admissions',
    ]);
    expect(datasetNames(contract).dbtRefs).toEqual(['admissions']);
  });

  it('has the bare name if nothing more is known, or if the plan lists it', () => {
    expect(datasetNames(contractOf('admissions')).tables).toEqual([
      'admissions',
    ]);
    expect(
      datasetNames(contractOf('clinical.admissions'), {
        tables: ['admissions'],
      }).tables,
    ).toEqual(['clinical.admissions', 'admissions']);
  });
});
