import { RealisticQuery } from './naming';

/** Queries that read nothing but the dataset. */
export const SINGLE_TABLE_QUERIES: RealisticQuery[] = [
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
];
