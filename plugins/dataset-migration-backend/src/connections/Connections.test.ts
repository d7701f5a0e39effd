import { ConfigReader } from '@backstage/config';
import { Connections } from './Connections';

function read(...connections: object[]): Connections {
  return Connections.fromConfig(
    new ConfigReader({ datasetMigration: { connections } }),
  );
}

const ORDERS = {
  name: 'orders',
  datasets: ['resource:default/orders-v1'],
  kind: 'duckdb',
  file: '/data/orders.duckdb',
};
const ALL = {
  name: 'warehouse',
  datasets: ['Resource:Default/*'],
  kind: 'postgres',
  url: 'postgres://reader:hidden@db/lake',
  showRows: true,
};

describe('Connections', () => {
  it('finds the first for a dataset, and none where none is meant', () => {
    const connections = read(ORDERS, ALL);
    expect(connections.forDataset('resource:default/orders-v1')?.name).toBe(
      'orders',
    );
    expect(connections.forDataset('resource:default/Orders-V10')?.name).toBe(
      'warehouse',
    );
    expect(connections.forDataset('resource:other/orders-v1')).toBeUndefined();
    expect(read().forDataset('resource:default/orders-v1')).toBeUndefined();
    expect(connections.forDataset('resource:default/orders-v1')?.showRows).toBe(
      false,
    );
  });

  it('gives the runner the one that its job names', () => {
    const connections = read(ORDERS, ALL);
    const secret = connections.secretFor({
      connection: { name: 'warehouse', showRows: true },
    });
    expect(JSON.parse(secret ?? '')).toEqual({
      kind: 'postgres',
      url: 'postgres://reader:hidden@db/lake',
    });
    expect(connections.secretFor({})).toBeUndefined();
  });

  it.each([
    [{ ...ORDERS, file: undefined }, /orders, needs file/],
    [{ ...ORDERS, url: 'postgres://x' }, /orders, has the unknown key "url"/],
    [{ ...ORDERS, kind: 'mysql' }, /kind must be one of duckdb/],
    [{ ...ALL, url: 'mysql://reader:hidden@db' }, /url must be an address/],
  ])('refuses %j', (connection, message) => {
    expect(() => read(connection)).toThrow(message);
    expect(() => read(connection)).not.toThrow(/hidden/);
  });

  it('refuses two of one name', () => {
    expect(() => read(ALL, ALL)).toThrow('names warehouse more than once');
  });
});
