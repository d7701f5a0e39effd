import { InputTable } from '../EquivalenceInput';
import { ORDER_FIELDS, OrderField } from './ordersMapping';

/** How a query names the dataset: before or after the migration. */
export interface Naming {
  /** A field, qualified if `alias` is given. */
  f: (field: OrderField, alias?: string) => string;
  table: string;
  /** ` AND …`: the mapping's condition on the rows. */
  and: (alias?: string) => string;
  /** ` WHERE …`: the same, where the query has no other condition. */
  where: (alias?: string) => string;
  /** The dataset with its old names, where nothing can be inlined. */
  view: string;
}

/** One consumer's query, written as people write them. */
export interface RealisticQuery {
  name: string;
  sql: (naming: Naming) => string;
  tables?: InputTable[];
}

const NEW_TABLE = '`shop.sales.orders_v2`';
const OLD_TABLE = '`shop.sales.orders_v1`';
const qualified = (expression: string, alias?: string) =>
  alias
    ? expression.replace(/\b([a-z]\w*)\b(?!\()/g, `${alias}.$1`)
    : expression;

export const BEFORE: Naming = {
  f: (field, alias) => (alias ? `${alias}.${field}` : field),
  table: OLD_TABLE,
  and: () => '',
  where: () => '',
  view: OLD_TABLE,
};

export const AFTER: Naming = {
  f: (field, alias) => {
    const text = qualified(ORDER_FIELDS[field], alias);
    return /\W/.test(text.replace(/\./g, '')) && !text.endsWith(')')
      ? `(${text})`
      : text;
  },
  table: NEW_TABLE,
  and: alias => ` AND NOT ${alias ? `${alias}.` : ''}is_deleted`,
  where: alias => ` WHERE NOT ${alias ? `${alias}.` : ''}is_deleted`,
  view: `(SELECT ${Object.entries(ORDER_FIELDS)
    .map(([name, is]) => (name === is ? name : `${is} AS ${name}`))
    .join(', ')} FROM ${NEW_TABLE} WHERE NOT is_deleted)`,
};

const CUSTOMERS: InputTable = {
  name: 'shop.crm.customers',
  columns: [
    { name: 'id', type: 'STRING' },
    { name: 'segment', type: 'STRING' },
    { name: 'since', type: 'DATE' },
    { name: 'active', type: 'BOOL' },
  ],
};
const RATES: InputTable = {
  name: 'shop.finance.rates',
  columns: [
    { name: 'country', type: 'STRING' },
    { name: 'day', type: 'DATE' },
    { name: 'rate', type: 'FLOAT64' },
  ],
};
const TARGET: InputTable = {
  name: 'shop.marts.daily_orders',
  columns: [
    { name: 'order_date', type: 'DATE' },
    { name: 'id', type: 'STRING' },
  ],
};

/** Queries of the kinds that consumers of a dataset are made of. */
export const REALISTIC_QUERIES: RealisticQuery[] = [
  {
    name: 'plain filter',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('country')} AS country FROM ${
        n.table
      } WHERE ${n.f('status')} = 'shipped' AND ${n.f(
        'quantity',
      )} > 5${n.and()}`,
  },
  {
    name: 'range of dates',
    sql: n =>
      `SELECT ${n.f('id')} AS id FROM ${n.table} WHERE ${n.f(
        'order_date',
      )} BETWEEN '2024-01-01' AND '2024-03-31'${n.and()}`,
  },
  {
    name: 'rolling window of days',
    sql: n =>
      `SELECT ${n.f('country')} AS country, COUNT(*) AS n FROM ${
        n.table
      } WHERE ${n.f(
        'order_date',
      )} >= DATE_SUB(CURRENT_DATE(), INTERVAL 28 DAY)${n.and()} GROUP BY 1`,
  },
  {
    name: 'parameter',
    sql: n =>
      `SELECT DATE(${n.f('created_at')}) AS day, SUM(${n.f(
        'amount',
      )}) AS revenue FROM ${n.table} WHERE DATE(${n.f(
        'created_at',
      )}) = @submission_date${n.and()} GROUP BY day`,
  },
  {
    name: 'list of values',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('city')} AS city FROM ${
        n.table
      } WHERE ${n.f('country')} IN ('SE', 'NO', 'DK') AND ${n.f(
        'coupon',
      )} IS NOT NULL${n.and()}`,
  },
  {
    name: 'alternatives',
    sql: n =>
      `SELECT ${n.f('id')} AS id FROM ${n.table} WHERE (${n.f('gift')} OR ${n.f(
        'note',
      )} LIKE '%present%' OR ${n.f('quantity')} >= 10)${n.and()}`,
  },
  {
    name: 'pattern and case',
    sql: n =>
      `SELECT LOWER(${n.f('city')}) AS city, CASE WHEN ${n.f(
        'amount',
      )} > 100 THEN 'large' WHEN ${n.f(
        'amount',
      )} > 10 THEN 'medium' ELSE 'small' END AS size FROM ${
        n.table
      } WHERE STARTS_WITH(${n.f('coupon')}, 'SUMMER')${n.and()}`,
  },
  {
    name: 'regular expression',
    sql: n =>
      `SELECT ${n.f('id')} AS id FROM ${n.table} WHERE REGEXP_CONTAINS(${n.f(
        'coupon',
      )}, r'^(VIP|GOLD)')${n.and()}`,
  },
  {
    name: 'lower case comparison',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('tax')} AS tax FROM ${
        n.table
      } WHERE LOWER(${n.f('city')}) = 'stockholm'${n.and()}`,
  },
  {
    name: 'part of a date',
    sql: n =>
      `SELECT EXTRACT(YEAR FROM ${n.f(
        'order_date',
      )}) AS y, COUNT(DISTINCT ${n.f('customer_id')}) AS customers FROM ${
        n.table
      } WHERE EXTRACT(MONTH FROM ${n.f(
        'order_date',
      )}) = 12${n.and()} GROUP BY y`,
  },
  {
    name: 'revenue by country',
    sql: n =>
      `SELECT ${n.f('country')} AS country, SUM(${n.f(
        'amount',
      )}) AS revenue, AVG(${n.f('tax')}) AS tax FROM ${n.table} WHERE ${n.f(
        'status',
      )} != 'cancelled'${n.and()} GROUP BY country ORDER BY revenue DESC`,
  },
  {
    name: 'large groups',
    sql: n =>
      `SELECT ${n.f('city')} AS city, COUNT(*) AS n FROM ${
        n.table
      }${n.where()} GROUP BY city HAVING COUNT(*) >= 20`,
  },
  {
    name: 'sum above a limit',
    sql: n =>
      `SELECT ${n.f('customer_id')} AS customer_id, SUM(${n.f(
        'quantity',
      )}) AS q FROM ${n.table}${n.where()} GROUP BY 1 HAVING SUM(${n.f(
        'quantity',
      )}) > 1000`,
  },
  {
    name: 'conditional counts',
    sql: n =>
      `SELECT ${n.f('channel')} AS channel, COUNTIF(${n.f(
        'status',
      )} = 'returned') AS returned, SUM(IF(${n.f(
        'gift',
      )}, 1, 0)) AS gifts, COUNT(${n.f('coupon')}) AS coupons FROM ${
        n.table
      }${n.where()} GROUP BY channel`,
  },
  {
    name: 'distinct',
    sql: n =>
      `SELECT DISTINCT ${n.f('country')} AS country, ${n.f(
        'channel',
      )} AS channel FROM ${n.table} WHERE ${n.f('discount')} > 0${n.and()}`,
  },
  {
    name: 'inner join',
    sql: n =>
      `SELECT c.segment, ${n.f('id', 'o')} AS id, ${n.f(
        'amount',
        'o',
      )} AS amount FROM ${n.table} o JOIN shop.crm.customers c ON c.id = ${n.f(
        'customer_id',
        'o',
      )} WHERE c.active AND ${n.f('quantity', 'o')} < 3${n.and('o')}`,
    tables: [CUSTOMERS],
  },
  {
    name: 'outer join with the old dataset on the left',
    sql: n =>
      `SELECT ${n.f('id', 'o')} AS id, c.segment FROM ${
        n.table
      } o LEFT JOIN shop.crm.customers c ON c.id = ${n.f(
        'customer_id',
        'o',
      )} AND c.since < ${n.f('order_date', 'o')}${n.where('o')}`,
    tables: [CUSTOMERS],
  },
  {
    name: 'outer join with a derived table',
    sql: n =>
      `SELECT c.id, COUNT(o.id) AS orders, MAX(o.amount) AS largest FROM shop.crm.customers c LEFT JOIN ${n.view} o ON o.customer_id = c.id AND o.status = 'placed' GROUP BY c.id`,
    tables: [CUSTOMERS],
  },
  {
    name: 'customers without orders',
    sql: n =>
      `SELECT c.id FROM shop.crm.customers c LEFT JOIN ${n.view} o ON o.customer_id = c.id WHERE o.id IS NULL AND c.segment = 'b2b'`,
    tables: [CUSTOMERS],
  },
  {
    name: 'not exists',
    sql: n =>
      `SELECT c.id, c.segment FROM shop.crm.customers c WHERE NOT EXISTS (SELECT 1 FROM ${
        n.table
      } o WHERE ${n.f('customer_id', 'o')} = c.id AND ${n.f(
        'status',
        'o',
      )} = 'returned'${n.and('o')})`,
    tables: [CUSTOMERS],
  },
  {
    name: 'in a subquery',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('note')} AS note FROM ${
        n.table
      } WHERE ${n.f(
        'customer_id',
      )} IN (SELECT id FROM shop.crm.customers WHERE segment = 'vip')${n.and()}`,
    tables: [CUSTOMERS],
  },
  {
    name: 'join on two columns',
    sql: n =>
      `SELECT ${n.f('id', 'o')} AS id, ${n.f(
        'amount',
        'o',
      )} * r.rate AS local FROM ${
        n.table
      } o JOIN shop.finance.rates r ON r.country = ${n.f(
        'country',
        'o',
      )} AND r.day = ${n.f('order_date', 'o')} WHERE r.rate > 1.5${n.and('o')}`,
    tables: [RATES],
  },
  {
    name: 'join on an expression',
    sql: n =>
      `SELECT ${n.f('id', 'o')} AS id, r.rate FROM ${
        n.table
      } o JOIN shop.finance.rates r ON r.day = DATE(${n.f(
        'created_at',
        'o',
      )})${n.where('o')}`,
    tables: [RATES],
  },
  {
    name: 'common table expressions',
    sql: n =>
      `WITH recent AS (SELECT ${n.f('customer_id')} AS customer_id, ${n.f(
        'amount',
      )} AS amount, ${n.f('country')} AS country FROM ${n.table} WHERE ${n.f(
        'order_date',
      )} > '2024-02-01'${n.and()}), totals AS (SELECT customer_id, country, SUM(amount) AS total, COUNT(*) AS n FROM recent GROUP BY 1, 2) SELECT country, COUNT(*) AS customers, AVG(total) AS mean FROM totals WHERE n > 2 GROUP BY country`,
  },
  {
    name: 'union of two parts',
    sql: n =>
      `SELECT ${n.f('id')} AS id, 'gift' AS kind FROM ${n.table} WHERE ${n.f(
        'gift',
      )}${n.and()} UNION ALL SELECT ${n.f('id')} AS id, 'sample' AS kind FROM ${
        n.table
      } WHERE ${n.f('sample')} AND ${n.f('quantity')} = 1${n.and()}`,
  },
  {
    name: 'self join',
    sql: n =>
      `SELECT ${n.f('id', 'a')} AS first_id, ${n.f(
        'id',
        'b',
      )} AS later_id FROM ${n.table} a JOIN ${n.table} b ON ${n.f(
        'customer_id',
        'a',
      )} = ${n.f('customer_id', 'b')} AND ${n.f('order_date', 'a')} < ${n.f(
        'order_date',
        'b',
      )} WHERE ${n.f('status', 'b')} = 'returned'${n.and('a')}${n.and('b')}`,
  },
  {
    name: 'rank in a window',
    sql: n =>
      `SELECT ${n.f('country')} AS country, ${n.f(
        'id',
      )} AS id, RANK() OVER (PARTITION BY ${n.f('country')} ORDER BY ${n.f(
        'amount',
      )} DESC) AS place FROM ${n.table}${n.where()}`,
  },
  {
    name: 'running total',
    sql: n =>
      `SELECT ${n.f('order_date')} AS order_date, SUM(${n.f(
        'quantity',
      )}) OVER (PARTITION BY ${n.f('channel')} ORDER BY ${n.f(
        'order_date',
      )}) AS running FROM ${n.table} WHERE ${n.f(
        'channel',
      )} <> 'store'${n.and()}`,
  },
  {
    name: 'first by rank',
    sql: n =>
      `SELECT ${n.f('customer_id')} AS customer_id, ${n.f(
        'city',
      )} AS city FROM ${n.table} WHERE ${n.f(
        'city',
      )} IS NOT NULL${n.and()} QUALIFY RANK() OVER (PARTITION BY ${n.f(
        'customer_id',
      )} ORDER BY ${n.f('created_at')} DESC) = 1`,
  },
  {
    name: 'incremental model',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('order_date')} AS order_date FROM ${
        n.table
      } WHERE ${n.f(
        'order_date',
      )} > (SELECT MAX(order_date) FROM shop.marts.daily_orders)${n.and()}`,
    tables: [TARGET],
  },
  {
    name: 'latest day',
    sql: n =>
      `SELECT ${n.f('country')} AS country, COUNT(*) AS n FROM ${
        n.table
      } WHERE ${n.f('order_date')} = (SELECT MAX(${n.f('order_date')}) FROM ${
        n.table
      }${n.where()})${n.and()} GROUP BY 1`,
  },
  {
    name: 'items of an order',
    sql: n =>
      `SELECT ${n.f('id', 'o')} AS id, item.sku, item.quantity FROM ${
        n.table
      } o, UNNEST(${n.f(
        'items',
        'o',
      )}) AS item WHERE item.quantity > 3 AND item.sku LIKE 'A-%'${n.and('o')}`,
  },
  {
    name: 'orders with many items',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ARRAY_LENGTH(${n.f('items')}) AS items FROM ${
        n.table
      } WHERE ARRAY_LENGTH(${n.f('items')}) > 1${n.and()}`,
  },
  {
    name: 'shares without division by zero',
    sql: n =>
      `SELECT ${n.f('country')} AS country, SAFE_DIVIDE(SUM(${n.f(
        'discount',
      )}), SUM(${n.f('quantity')})) AS share FROM ${
        n.table
      }${n.where()} GROUP BY country`,
  },
  {
    name: 'defaults for what is missing',
    sql: n =>
      `SELECT COALESCE(${n.f('coupon')}, ${n.f(
        'note',
      )}, 'none') AS hint, COALESCE(${n.f('discount')}, 0) AS discount FROM ${
        n.table
      } WHERE NOT COALESCE(${n.f('sample')}, FALSE)${n.and()}`,
  },
  {
    name: 'days until shipped',
    sql: n =>
      `SELECT DATE_DIFF(${n.f('ship_date')}, ${n.f(
        'order_date',
      )}, DAY) AS days, COUNT(*) AS n FROM ${n.table} WHERE ${n.f(
        'ship_date',
      )} IS NOT NULL AND DATE_DIFF(${n.f('ship_date')}, ${n.f(
        'order_date',
      )}, DAY) <= 14${n.and()} GROUP BY days`,
  },
  {
    name: 'weeks',
    sql: n =>
      `SELECT DATE_TRUNC(${n.f('order_date')}, WEEK(MONDAY)) AS week, ${n.f(
        'channel',
      )} AS channel, COUNT(*) AS n, MIN(${n.f(
        'created_at',
      )}) AS first_at FROM ${n.table}${n.where()} GROUP BY week, channel`,
  },
  {
    name: 'same as another column',
    sql: n =>
      `SELECT ${n.f('id')} AS id FROM ${n.table} WHERE ${n.f(
        'order_date',
      )} = ${n.f('ship_date')} AND ${n.f('tax')} > ${n.f(
        'discount',
      )}${n.and()}`,
  },
  {
    name: 'nested conditions',
    sql: n =>
      `SELECT ${n.f('id')} AS id, ${n.f('gift')} AS gift FROM ${
        n.table
      } WHERE (${n.f('country')} = 'SE' AND ${n.f('amount')} >= 250) OR (${n.f(
        'country',
      )} = 'US' AND NOT ${n.f('gift')} AND ${n.f('amount')} >= 99.5)`.replace(
        /WHERE (.*)$/s,
        (_, condition: string) => `WHERE (${condition})${n.and()}`,
      ),
  },
  {
    name: 'top countries',
    sql: n =>
      `SELECT country, n FROM (SELECT ${n.f(
        'country',
      )} AS country, COUNT(*) AS n FROM ${n.table} WHERE ${n.f(
        'country',
      )} IS NOT NULL${n.and()} GROUP BY 1) WHERE n >= 4`,
  },
];
