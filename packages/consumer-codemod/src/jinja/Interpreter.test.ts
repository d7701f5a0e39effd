import * as fc from 'fast-check';
import { collectMacros } from '../mask/macroUses';
import { ExpressionParser } from './ExpressionParser';
import { Interpreter } from './Interpreter';
import { JinjaNotRead } from './JinjaExpression';
import { JinjaValue, printValue, TooMuch, UNKNOWN } from './JinjaValue';

function interpreter(
  macros = '',
  dialect: 'bigquery' | 'snowflake' = 'bigquery',
  project = '',
) {
  return new Interpreter({
    dialect,
    macros: collectMacros([
      { path: 'macros/m.sql', text: `${macros}{# endmacro #}` },
      { path: 'dbt_project.yml', text: project },
    ]),
    isHidden: (_, args) => args.includes('t1'),
  });
}

function evaluate(text: string, macros?: string, project?: string): JinjaValue {
  const run = interpreter(macros, 'bigquery', project);
  return run.evaluate(ExpressionParser.parse(text), [new Map()]);
}

function print(text: string, macros?: string): string {
  const printed = printValue(evaluate(text, macros));
  return printed === UNKNOWN ? '?' : printed.replace(/\s+/g, ' ').trim();
}

describe('expressions', () => {
  it.each([
    ["'a' ~ 'b' | upper", 'aB'],
    ["('a' ~ 'b') | upper", 'AB'],
    ['1 + 2 * 3 - 7 // 2', '4'],
    ['-7 % 3', '2'],
    ["'x' if 1 > 2 else 'y'", 'y'],
    ["'x' if false", ''],
    ['not 1 is none', 'True'],
    ["'a' in ['a', 'b'] and 'c' not in ['a']", 'True'],
    ["['a', none, 1]", "['a', None, 1]"],
    ["{'a': {'b': 'c'}}['a'].b", 'c'],
    ["'a,b'.split(',') | join(' or ')", 'a or b'],
    ["'{} as {}'.format('x', 1)", 'x as 1'],
    ["['b', 'a'] | sort | first", 'a'],
    ["['a', 'b', 'a'] | unique | list | length", '2'],
    ["'abc'[1:]", 'bc'],
    ["'it\\'s' \"!\"", "it's!"],
    ['[1, 2][-1]', '2'],
    ['range(2, 4) | list', '[2, 3]'],
    ['target.type', 'bigquery'],
    ["ref('a_b')", 'dbt_ref.a_b'],
    ["source('raw', 'o')", 'dbt_source_raw.o'],
    ["ref('t1')", '?'],
    ['target.schema', '?'],
    ["env_var('HOME')", '?'],
    ["run_query('select 1')", '?'],
    ['x.y', '?'],
    ['4 / 2', '?'],
    ["x or 'a'", '?'],
    ['x and false', '?'],
    ["'a'.encode()", '?'],
    ["'a' | tojson", '?'],
  ])('%s is %s', (text, expected) => {
    expect(print(text)).toBe(expected);
  });

  it.each([
    '1 2',
    'a b',
    '(',
    '[1',
    "'a",
    'a ? b',
    '1.0',
    "'\\x41'",
    '1 < 2 < 3',
  ])('%s is not read', text => {
    expect(() => evaluate(text)).toThrow(JinjaNotRead);
  });

  it('takes what dbt_project.yml says before the default', () => {
    const project =
      'vars:\n  shop:\n    tags: [a, b]\n    table: "{{ ref(\'x\') }}"\n';
    expect(evaluate("var('tags', [])", '', project)).toEqual(['a', 'b']);
    expect(evaluate("var('other', 'd')", '', project)).toBe('d');
    expect(evaluate("var('other')", '', project)).toBe(UNKNOWN);
    expect(evaluate("var('table')", '', project)).toBe(UNKNOWN);
  });
});

describe('macros of published packages', () => {
  it.each([
    [
      "dbt.date_trunc('month', 'o.at')",
      'TIMESTAMP_TRUNC(CAST(o.at AS TIMESTAMP), month)',
    ],
    [
      "dbt.dateadd(datepart='day', interval=-1, from_date_or_timestamp='d')",
      'DATETIME_ADD(CAST(d AS DATETIME), INTERVAL -1 day)',
    ],
    [
      "dbt_utils.datediff('a', 'b', 'day')",
      'DATETIME_DIFF(CAST(b AS DATETIME), CAST(a AS DATETIME), day)',
    ],
    ['type_string()', 'STRING'],
    ['dbt_utils.group_by(3)', 'GROUP BY 1, 2, 3'],
    [
      "dbt_utils.surrogate_key('a', 'b')",
      "TO_HEX(MD5(CAST(coalesce(cast(a as STRING), '') || '-' || coalesce(cast(b as STRING), '') AS STRING)))",
    ],
    ["dbt_utils.star(ref('o'), except=['a', 'b'])", '* EXCEPT (a, b)'],
    ["dbt_utils.star(from=ref('o'), relation_alias='x')", 'x.*'],
    ["dbt_utils.star(ref('o'), prefix='p_')", '?'],
    [
      "fivetran_utils.json_parse('c', ['a', 'b'])",
      "JSON_EXTRACT_SCALAR(c, '$.a.b')",
    ],
    ["fivetran_utils.partition_by_source_relation(package_name='p')", ''],
    ["dbt_utils.get_column_values(ref('o'), 'c')", '?'],
    ["dbt_utils.pivot('c', ['a'])", '?'],
    ["other_package.thing('a')", '?'],
    ["dbt.date_trunc('month')", '?'],
    ["dbt.date_trunc('month', 'a', 'b')", '?'],
    ["dbt.date_trunc('month', date='a', more='b')", '?'],
    ['constructor()', '?'],
    ['dbt.constructor()', '?'],
    ['dbt.__proto__()', '?'],
    ["''.constructor('x')", '?'],
    ['{}.constructor', '?'],
    ["{}['__proto__']", '?'],
    ["'a' | constructor", '?'],
    ["'a' is constructor", '?'],
  ])('%s prints %s', (text, expected) => {
    expect(print(text)).toBe(expected);
  });

  it('are not those of a project that has its own', () => {
    const own = '{% macro default__date_trunc(a, b) %}x{% endmacro %}';
    expect(print("dbt.date_trunc('day', 'd')", own)).toBe('?');
  });

  it('are those of the dialect', () => {
    const run = interpreter('', 'snowflake');
    expect(
      run.evaluate(ExpressionParser.parse("dbt.dateadd('day', 1, 'd')"), []),
    ).toBe('DATEADD(day, 1, d)');
    expect([...run.used]).toEqual(['dbt.dateadd']);
  });
});

describe('macros of the repository', () => {
  it.each([
    ['{% macro m(a, b="x") %}{{ a }}-{{ b }}{% endmacro %}', "m('y')", 'y-x'],
    [
      '{% macro m(a, b="x") %}{{ a }}-{{ b }}{% endmacro %}',
      "shop.m(b='1', a='2')",
      '2-1',
    ],
    ['{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}', "m('y')", '?'],
    [
      '{% macro m(a) %}{% if a %}yes{% else %}no{% endif %}{% endmacro %}',
      "m('')",
      'no',
    ],
    [
      '{% macro m(l) %}{%- for x in l if x != "b" -%}{{ x }}{{ "," if not loop.last }}{%- endfor -%}{% endmacro %}',
      "m(['a', 'b', 'c'])",
      'a,c',
    ],
    [
      '{% macro m() %}{% set l = [] %}{% do l.append("a") %}{{ return(l) }}{% endmacro %}',
      'm() | length',
      '1',
    ],
    [
      '{% macro m() %}{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}{% endmacro %}',
      'm()',
      '3',
    ],
    [
      '{% macro m() %}{% set x %}a{{ 1 }}{% endset %}{{ x | upper }}{% endmacro %}',
      'm()',
      'A1',
    ],
    [
      '{% macro m(a) %}{{ return(adapter.dispatch("m", "p")(a)) }}{% endmacro %}{% macro default__m(a) %}d{{ a }}{% endmacro %}{% macro bigquery__m(a) %}b{{ a }}{% endmacro %}',
      'm(1)',
      'b1',
    ],
    [
      '{% macro m() %}{% if run_query("x") %}a{% endif %}{% endmacro %}',
      'm()',
      '?',
    ],
    [
      '{% macro m(a) %}a{% endmacro %}{% macro m(b) %}b{% endmacro %}',
      'm(1)',
      '?',
    ],
    [
      '{% macro m() %}{% call statement("x") %}a{% endcall %}{% endmacro %}',
      'm()',
      '?',
    ],
    ["{% macro m() %}select * from {{ ref('t1') }}{% endmacro %}", 'm()', '?'],
  ])('%s called as %s prints %s', (macro, call, expected) => {
    expect(print(call, macro)).toBe(expected);
  });

  it.each([
    ['{% macro m() %}{{ m() }}{% endmacro %}', 'm()'],
    [
      '{% macro m() %}{% for a in range(2000) %}{% for b in range(2000) %}x{% endfor %}{% endfor %}{% endmacro %}',
      'm()',
    ],
    [
      '{% macro m() %}{% set ns = namespace(t="aaaaaaaa") %}{% for i in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}{% endmacro %}',
      'm()',
    ],
    ['', 'range(100000000)'],
    // Whether the list is changed is not known, so neither is what follows.
    [
      '{% macro m() %}{% set l = [] %}{% do l.append("a") if target.name == "x" %}{{ l | length }}{% endmacro %}',
      'm()',
    ],
  ])('%s, called as %s, is stopped', (macro, call) => {
    const start = Date.now();
    expect(() => evaluate(call, macro)).toThrow(TooMuch);
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it('end, whatever they are made of', () => {
    const part = fc.constantFrom(
      ...'{{ }} {% %} m() x for if endif endfor set macro a in [ ] ( ) . | ~ range(9) "a" , = do append {%- -%}'.split(
        ' ',
      ),
    );
    const ends = (parts: string[]) => {
      const body = parts.join(' ');
      const run = interpreter(`{% macro m(a) %}${body}{% endmacro %}`);
      try {
        run.evaluate(ExpressionParser.parse("m('a')"), [new Map()]);
        return true;
      } catch (error) {
        return error instanceof TooMuch;
      }
    };
    const outcome = fc.check(
      fc.property(fc.array(part, { maxLength: 30 }), ends),
      { numRuns: 300 },
    );
    expect(outcome.counterexample).toBeNull();
  });
});
