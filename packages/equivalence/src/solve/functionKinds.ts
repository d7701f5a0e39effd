/** Aggregates whose result is one of the values they read, or near them. */
const VALUE_AGGREGATES = new Set([
  'min',
  'max',
  'sum',
  'avg',
  'mean',
  'median',
  'mode',
  'any_value',
  'arbitrary',
  'first',
  'last',
  'arg_min',
  'arg_max',
  'min_by',
  'max_by',
  'bool_and',
  'bool_or',
  'string_agg',
  'listagg',
  'group_concat',
  'quantile_cont',
  'quantile_disc',
  'approx_quantile',
  'product',
  'shim_logical_and',
  'shim_logical_or',
]);

const COUNT_AGGREGATES = new Set([
  'count',
  'count_star',
  'count_if',
  'approx_count_distinct',
]);

const OTHER_AGGREGATES = new Set([
  'array_agg',
  'list',
  'stddev',
  'stddev_pop',
  'stddev_samp',
  'variance',
  'var_pop',
  'var_samp',
  'corr',
  'covar_pop',
  'covar_samp',
  'histogram',
  'bit_and',
  'bit_or',
  'bit_xor',
]);

export function isValueAggregate(name: string): boolean {
  return VALUE_AGGREGATES.has(name.toLowerCase());
}

export function isCount(name: string): boolean {
  return COUNT_AGGREGATES.has(name.toLowerCase());
}

export function isAggregate(name: string): boolean {
  return (
    isValueAggregate(name) ||
    isCount(name) ||
    OTHER_AGGREGATES.has(name.toLowerCase())
  );
}
