import {
  ContractField,
  DatasetMapping,
  DatasetSide,
} from 'backstage-plugin-dataset-migration-common';
import { contractField as field } from './contractField';

const STATUS = ['placed', 'shipped', 'returned', 'cancelled'];
const CHANNELS = ['web', 'app', 'store'];
const ITEMS = 'ARRAY<STRUCT<sku STRING, quantity INT64, price FLOAT64>>';

const OLD_FIELDS: ContractField[] = [
  field('id', 'STRING', { required: true }),
  field('customer_id', 'STRING', { required: true }),
  field('country', 'STRING'),
  field('city', 'STRING'),
  field('channel', 'STRING', { enum: CHANNELS }),
  field('status', 'STRING', { enum: STATUS }),
  field('amount', 'FLOAT64'),
  field('tax', 'INT64'),
  field('discount', 'INT64'),
  field('quantity', 'INT64'),
  field('created_at', 'TIMESTAMP', { required: true }),
  field('order_date', 'DATE', { required: true }),
  field('ship_date', 'DATE'),
  field('gift', 'BOOL'),
  field('sample', 'BOOL'),
  field('note', 'STRING'),
  field('coupon', 'STRING'),
  field('items', ITEMS),
];

const NEW_FIELDS: ContractField[] = [
  field('order_id', 'STRING', { required: true, primaryKey: true }),
  field('customer_id', 'STRING', { required: true }),
  field('country_code', 'STRING'),
  field('city_name', 'STRING'),
  field('channel', 'STRING', { enum: CHANNELS }),
  field('status', 'STRING', { enum: STATUS }),
  field('amount_cents', 'INT64'),
  field('tax_cents', 'INT64'),
  field('discount_cents', 'INT64'),
  field('units', 'INT64'),
  field('created_ms', 'INT64', { required: true }),
  field('order_day', 'DATE', { required: true }),
  field('ship_day', 'DATE'),
  field('is_gift', 'BOOL'),
  field('is_sample', 'BOOL'),
  field('is_deleted', 'BOOL', { required: true }),
  field('remark', 'STRING'),
  field('voucher', 'STRING'),
  field('line_items', ITEMS),
];

function side(version: string, fields: ContractField[]): DatasetSide {
  const table = `shop.sales.orders_${version}`;
  return {
    dataset: `resource:default/orders-${version}`,
    contract: { id: `orders-${version}`, version, table, fields },
    names: {
      tables: [table],
      dbtSources: [],
      dbtRefs: [],
      patterns: [],
      symbols: [],
    },
  };
}

/** Old names with the expressions over the new dataset that give them. */
export const ORDER_FIELDS = {
  id: 'order_id',
  customer_id: 'customer_id',
  country: 'country_code',
  city: 'city_name',
  channel: 'channel',
  status: 'status',
  amount: 'amount_cents / 100',
  tax: 'tax_cents',
  discount: 'discount_cents',
  quantity: 'units',
  created_at: 'TIMESTAMP_MILLIS(created_ms)',
  order_date: 'order_day',
  ship_date: 'ship_day',
  gift: 'is_gift',
  sample: 'is_sample',
  note: 'remark',
  coupon: 'voucher',
  items: 'line_items',
} as const;
export type OrderField = keyof typeof ORDER_FIELDS;

function kindOf(name: string, is: string): 'same' | 'rename' | 'expression' {
  if (name === is) return 'same';
  return /^\w+$/.test(is) ? 'rename' : 'expression';
}

/** A shop's orders: renames, an expression, a type change and a condition on the rows. */
export function ordersMapping(): DatasetMapping {
  return {
    version: 1,
    dialect: 'bigquery',
    output: 'keep',
    from: side('v1', OLD_FIELDS),
    to: side('v2', NEW_FIELDS),
    rows: { grain: 'same', where: 'NOT is_deleted' },
    fields: Object.entries(ORDER_FIELDS).map(([name, is]) => ({
      kind: kindOf(name, is),
      name,
      is,
    })),
  };
}
