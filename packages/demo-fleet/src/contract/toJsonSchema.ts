/** A schema of an OpenAPI 3.0 description, or the JSON Schema made of it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

const KEPT = new Set([
  'type',
  'enum',
  'required',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'uniqueItems',
]);
const HOLD_ONE = new Set(['items', 'additionalProperties', 'not']);
const HOLD_MANY = new Set(['anyOf', 'oneOf', 'allOf']);

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Makes JSON Schema of an OpenAPI 3.0 schema: `nullable` becomes a choice with `null`, and a reference
 * to `#/components/schemas/x` becomes one to the id `gh:x`. Formats and patterns are not checked.
 */
export function toJsonSchema(source: Schema): Schema {
  if (typeof source.$ref === 'string') {
    return { $ref: source.$ref.replace('#/components/schemas/', 'gh:') };
  }
  const schema: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(source)) {
    if (KEPT.has(keyword)) {
      schema[keyword] = value;
    } else if (HOLD_ONE.has(keyword)) {
      schema[keyword] = isSchema(value) ? toJsonSchema(value) : value;
    } else if (HOLD_MANY.has(keyword) && Array.isArray(value)) {
      schema[keyword] = value.map(toJsonSchema);
    } else if (keyword === 'properties' && isSchema(value)) {
      const properties: Record<string, Schema> = {};
      for (const [name, property] of Object.entries(value)) {
        properties[name] = toJsonSchema(property as Schema);
      }
      schema.properties = properties;
    }
  }
  return source.nullable === true
    ? { anyOf: [{ type: 'null' }, schema] }
    : schema;
}
