import {
  ContractField,
  SqlDialect,
} from 'backstage-plugin-dataset-migration-common';
import { ColumnType } from './ColumnType';
import { SCALAR_TYPES } from './scalarTypes';

/** Splits at commas outside of brackets. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '<' || char === '(') depth++;
    if (char === '>' || char === ')') depth--;
    if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim()).filter(part => part !== '');
}

function structOf(fields: ContractField[], dialect: SqlDialect): ColumnType {
  return {
    kind: 'struct',
    fields: fields.map(field => ({
      name: field.name,
      type: parseColumnType(field.type, dialect, field.fields),
    })),
  };
}

/**
 * Reads a warehouse type such as `ARRAY<STRUCT<a INT64>>` or `NUMBER(38, 0)`.
 * A type without a counterpart becomes text and is marked as not known.
 *
 * @param nested - the contract's nested fields, where the type only says STRUCT or RECORD
 */
export function parseColumnType(
  text: string,
  dialect: SqlDialect,
  nested?: ContractField[],
): ColumnType {
  const trimmed = text.trim();
  const generic = /^(ARRAY|STRUCT|RECORD)\s*<([\s\S]*)>$/i.exec(trimmed);
  if (generic) {
    const [, outer, inner] = generic;
    if (outer.toUpperCase() === 'ARRAY') {
      return { kind: 'array', item: parseColumnType(inner, dialect, nested) };
    }
    return {
      kind: 'struct',
      fields: splitTopLevel(inner).map((part, index) => {
        const named = /^[`"]?(\w+)[`"]?\s+([\s\S]+)$/.exec(part);
        return named
          ? { name: named[1], type: parseColumnType(named[2], dialect) }
          : { name: `f${index}_`, type: parseColumnType(part, dialect) };
      }),
    };
  }
  const base = trimmed.replace(/\s*\(.*$/, '').toUpperCase();
  if (nested?.length && dialect === 'bigquery') {
    const struct = structOf(nested, dialect);
    return base === 'ARRAY' ? { kind: 'array', item: struct } : struct;
  }
  if (
    dialect === 'snowflake' &&
    (base === 'NUMBER' || base === 'NUMERIC' || base === 'DECIMAL')
  ) {
    // NUMBER without a scale holds integers, as everybody uses it.
    const scale = /\(\s*\d+\s*,\s*(\d+)\s*\)/.exec(trimmed)?.[1];
    return {
      kind: 'scalar',
      name: scale && scale !== '0' ? 'DECIMAL(38, 9)' : 'BIGINT',
      known: true,
    };
  }
  const name = SCALAR_TYPES[dialect][base];
  return name
    ? { kind: 'scalar', name, known: true }
    : { kind: 'scalar', name: 'VARCHAR', known: false };
}
