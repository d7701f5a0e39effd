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
