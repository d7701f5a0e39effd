import { InputTable } from '../EquivalenceInput';
import { RealisticQuery } from './naming';

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

/** Queries made of joins, subqueries, common table expressions and windows. */
export const COMPOSED_QUERIES: RealisticQuery[] = [
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
