import { SqlDialect } from 'backstage-plugin-dataset-migration-common';

/** A macro of a published package, as a template of what it prints. */
export interface MacroText {
  /** As between the brackets of `{% macro name(…) %}`. */
  parameters: string;
  body: string;
}

type Entry =
  | [parameters: string, both: string]
  | [parameters: string, bigquery: string, snowflake: string];

const KEY = `{% set parts = [] %}{% for field in field_list %}{% do parts.append("coalesce(cast(" ~ field ~ " as " ~ type_string() ~ "), '" ~ empty ~ "')") %}{% endfor %}{{ dbt.hash(parts | join(" || '-' || ")) }}`;
const RUNS_OF = `{% if var(package_name ~ '_union_schemas', []) | length > 1 or var(package_name ~ '_union_databases', []) | length > 1 or var(package_name ~ '_sources', []) | length > 1 %}{{ 'partition by ' if has_other_partitions == 'no' else ', ' }}{{ alias ~ '.' if alias }}source_relation{% endif %}`;

const SERIES = `{% set ns = namespace(n=1) %}{% for i in range(1, 16) %}{% if upper_bound > 2 ** i %}{% set ns.n = i + 1 %}{% endif %}{% endfor %}WITH p AS (SELECT 0 AS generated_number UNION ALL SELECT 1), unioned AS (SELECT {% for i in range(ns.n) %}p{{ i }}.generated_number * POWER(2, {{ i }}) + {% endfor %}1 AS generated_number FROM {% for i in range(ns.n) %}p AS p{{ i }}{{ ' CROSS JOIN ' if not loop.last }}{% endfor %}) SELECT * FROM unioned WHERE generated_number <= {{ upper_bound }}`;

/**
 * What the macros of dbt, dbt_utils and fivetran_utils print for BigQuery and
 * Snowflake, as their documentation says. One that asks the warehouse (columns of
 * a table, values of a column) is not here: nobody knows what it prints.
 */
const ENTRIES: Readonly<Record<string, Entry>> = {
  'dbt.type_string': ['', 'STRING', 'VARCHAR'],
  'dbt.type_timestamp': ['', 'TIMESTAMP', 'TIMESTAMP_NTZ'],
  'dbt.type_float': ['', 'FLOAT64', 'FLOAT'],
  'dbt.type_numeric': ['', 'NUMERIC', 'NUMERIC(28, 6)'],
  'dbt.type_bigint': ['', 'INT64', 'BIGINT'],
  'dbt.type_int': ['', 'INT64', 'INT'],
  'dbt.type_boolean': ['', 'BOOL', 'BOOLEAN'],
  'dbt.current_timestamp': ['', 'CURRENT_TIMESTAMP()'],
  'dbt.date_trunc': [
    'datepart, date',
    'TIMESTAMP_TRUNC(CAST({{ date }} AS TIMESTAMP), {{ datepart }})',
    "DATE_TRUNC('{{ datepart }}', {{ date }})",
  ],
  'dbt.datediff': [
    'first_date, second_date, datepart',
    'DATETIME_DIFF(CAST({{ second_date }} AS DATETIME), CAST({{ first_date }} AS DATETIME), {{ datepart }})',
    'DATEDIFF({{ datepart }}, {{ first_date }}, {{ second_date }})',
  ],
  'dbt.dateadd': [
    'datepart, interval, from_date_or_timestamp',
    'DATETIME_ADD(CAST({{ from_date_or_timestamp }} AS DATETIME), INTERVAL {{ interval }} {{ datepart }})',
    'DATEADD({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})',
  ],
  'dbt.last_day': [
    'date, datepart',
    'LAST_DAY(CAST({{ date }} AS DATE), {{ datepart }})',
    'LAST_DAY({{ date }}, {{ datepart }})',
  ],
  'dbt.concat': [
    'fields',
    "CONCAT({{ fields | join(', ') }})",
    "({{ fields | join(' || ') }})",
  ],
  'dbt.hash': [
    'field',
    'TO_HEX(MD5(CAST({{ field }} AS STRING)))',
    'MD5(CAST({{ field }} AS VARCHAR))',
  ],
  'dbt.length': ['expression', 'LENGTH({{ expression }})'],
  'dbt.replace': [
    'field, old_chars, new_chars',
    'REPLACE({{ field }}, {{ old_chars }}, {{ new_chars }})',
  ],
  'dbt.split_part': [
    'string_text, delimiter_text, part_number',
    'SPLIT({{ string_text }}, {{ delimiter_text }})[SAFE_OFFSET({{ part_number - 1 }})]',
    'SPLIT_PART({{ string_text }}, {{ delimiter_text }}, {{ part_number }})',
  ],
  'dbt.position': [
    'substring_text, string_text',
    'STRPOS({{ string_text }}, {{ substring_text }})',
    'POSITION({{ substring_text }} IN {{ string_text }})',
  ],
  'dbt.any_value': ['expression', 'ANY_VALUE({{ expression }})'],
  'dbt.bool_or': [
    'expression',
    'LOGICAL_OR({{ expression }})',
    'BOOLOR_AGG({{ expression }})',
  ],
  'dbt.safe_cast': [
    'field, type',
    'SAFE_CAST({{ field }} AS {{ type }})',
    'TRY_CAST({{ field }} AS {{ type }})',
  ],
  'dbt.cast': ['field, type', 'CAST({{ field }} AS {{ type }})'],
  'dbt.cast_bool_to_text': [
    'field',
    'CAST({{ field }} AS STRING)',
    'CAST({{ field }} AS VARCHAR)',
  ],
  'dbt.string_literal': ['value', "'{{ value }}'"],
  'dbt.except': ['', 'EXCEPT DISTINCT', 'EXCEPT'],
  'dbt.intersect': ['', 'INTERSECT DISTINCT', 'INTERSECT'],
  'dbt_utils.generate_surrogate_key': [
    "field_list, empty='_dbt_utils_surrogate_key_null_'",
    KEY,
  ],
  'dbt_utils.group_by': [
    'n',
    "GROUP BY {% for i in range(n) %}{{ i + 1 }}{{ ', ' if not loop.last }}{% endfor %}",
  ],
  'dbt_utils.safe_divide': [
    'numerator, denominator',
    '({{ numerator }}) / NULLIF(({{ denominator }}), 0)',
  ],
  'dbt_utils.safe_add': [
    'field_list',
    "{% set parts = [] %}{% for field in field_list %}{% do parts.append('COALESCE(' ~ field ~ ', 0)') %}{% endfor %}{{ parts | join(' + ') }}",
  ],
  'dbt_utils.safe_subtract': [
    'field_list',
    "{% set parts = [] %}{% for field in field_list %}{% do parts.append('COALESCE(' ~ field ~ ', 0)') %}{% endfor %}{{ parts | join(' - ') }}",
  ],
  'dbt_utils.deduplicate': [
    'relation, partition_by, order_by',
    'SELECT * FROM {{ relation }} QUALIFY ROW_NUMBER() OVER (PARTITION BY {{ partition_by }} ORDER BY {{ order_by }}) = 1',
  ],
  'dbt_utils.star': [
    "from, relation_alias=False, except=[], prefix='', suffix='', quote_identifiers=True",
    "{% if prefix == '' and suffix == '' %}{{ relation_alias ~ '.' if relation_alias }}*{% if except %} EXCEPT ({{ except | join(', ') }}){% endif %}{% else %}{{ unknown }}{% endif %}",
    "{% if prefix == '' and suffix == '' %}{{ relation_alias ~ '.' if relation_alias }}*{% if except %} EXCLUDE ({{ except | join(', ') }}){% endif %}{% else %}{{ unknown }}{% endif %}",
  ],
  'dbt_utils.generate_series': [
    'upper_bound',
    'SELECT CAST(n AS FLOAT64) AS generated_number FROM UNNEST(GENERATE_ARRAY(1, {{ upper_bound }})) AS n',
    SERIES,
  ],
  'fivetran_utils.string_agg': [
    'field_to_agg, delimiter',
    'STRING_AGG({{ field_to_agg }}, {{ delimiter }})',
    'LISTAGG({{ field_to_agg }}, {{ delimiter }})',
  ],
  'fivetran_utils.timestamp_add': [
    'datepart, interval, from_timestamp',
    'TIMESTAMP_ADD({{ from_timestamp }}, INTERVAL {{ interval }} {{ datepart }})',
    'TIMESTAMPADD({{ datepart }}, {{ interval }}, {{ from_timestamp }})',
  ],
  'fivetran_utils.timestamp_diff': [
    'first_date, second_date, datepart',
    'TIMESTAMP_DIFF({{ second_date }}, {{ first_date }}, {{ datepart }})',
    'DATEDIFF({{ datepart }}, {{ first_date }}, {{ second_date }})',
  ],
  'fivetran_utils.json_extract': [
    'string, string_path',
    "JSON_EXTRACT_SCALAR({{ string }}, '$.{{ string_path }}')",
    "JSON_EXTRACT_PATH_TEXT({{ string }}, '{{ string_path }}')",
  ],
  'fivetran_utils.json_parse': [
    'string, string_path',
    "JSON_EXTRACT_SCALAR({{ string }}, '$.{{ string_path | join('.') }}')",
    "PARSE_JSON({{ string }}){% for s in string_path %}{% if s is number %}[{{ s }}]{% else %}['{{ s }}']{% endif %}{% endfor %}",
  ],
  'fivetran_utils.ceiling': ['num', 'CEIL({{ num }})'],
  'fivetran_utils.max_bool': ['boolean_field', 'MAX({{ boolean_field }})'],
  'fivetran_utils.array_agg': ['field_to_agg', 'ARRAY_AGG({{ field_to_agg }})'],
  'fivetran_utils.percentile': [
    'percentile_field, partition_field, percent',
    'PERCENTILE_CONT({{ percentile_field }}, {{ percent }}) OVER (PARTITION BY {{ partition_field }})',
    'PERCENTILE_CONT({{ percent }}) WITHIN GROUP (ORDER BY {{ percentile_field }}) OVER (PARTITION BY {{ partition_field }})',
  ],
  'fivetran_utils.partition_by_source_relation': [
    "package_name, has_other_partitions='yes', alias=None",
    RUNS_OF,
  ],
};
/** Packages whose macros are found here, and never in the repository. */
const PACKAGES = new Set(['dbt', 'dbt_utils', 'fivetran_utils']);

export function isLibrary(name: string): boolean {
  return PACKAGES.has(name);
}

/**
 * A macro of a published package, or nothing if it is not known. Macros that dbt_utils
 * gave to dbt are found under both names.
 */
export function libraryMacro(
  library: string,
  name: string,
  dialect: SqlDialect,
): MacroText | undefined {
  if (library === 'dbt_utils' && name === 'surrogate_key') {
    const body = ENTRIES['dbt_utils.generate_surrogate_key'][1];
    return { parameters: "field_list, empty=''", body };
  }
  const key = `${library}.${name}`;
  const moved = library === 'dbt_utils' ? `dbt.${name}` : key;
  const found = [key, moved].find(each => Object.hasOwn(ENTRIES, each));
  if (!found) {
    return undefined;
  }
  const [parameters, bigquery, snowflake] = ENTRIES[found];
  const body = dialect === 'snowflake' ? snowflake ?? bigquery : bigquery;
  return { parameters, body };
}
