import { PlanProblem } from '../plan/PlanProblem';
import { PositionedYaml, YamlPath } from '../yaml/PositionedYaml';
import { ContractField } from './DataContract';
import { isRecord, textOf } from './records';

const MAX_DEPTH = 15;
/** Logical types whose physical type is beyond doubt in every dialect we know. */
const PHYSICAL_TYPES: Record<string, string> = {
  string: 'STRING',
  integer: 'INT64',
  boolean: 'BOOL',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

/** Reads `properties` of a schema object or of a STRUCT. */
export function parseContractFields(
  yaml: PositionedYaml,
  value: unknown,
  path: YamlPath,
): { fields: ContractField[]; problems: PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const fields: ContractField[] = [];
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    path.length > MAX_DEPTH * 2
  ) {
    const message = 'properties must be a list with at least one field.';
    return {
      fields,
      problems: [yaml.problem('CONTRACT_INVALID', path, message)],
    };
  }
  const names = new Set<string>();
  for (const [index, item] of value.entries()) {
    const here = [...path, index];
    const parsed = parseField(yaml, item, here, problems);
    if (!parsed) {
      continue;
    }
    const key = parsed.name.toLowerCase();
    if (names.has(key)) {
      problems.push(
        yaml.problem(
          'NAME_NOT_UNIQUE',
          here,
          `The field ${parsed.name} is listed twice.`,
        ),
      );
    }
    names.add(key);
    fields.push(parsed);
  }
  return { fields, problems };
}

function parseField(
  yaml: PositionedYaml,
  item: unknown,
  path: YamlPath,
  problems: PlanProblem[],
): ContractField | undefined {
  if (!isRecord(item)) {
    problems.push(
      yaml.problem('CONTRACT_INVALID', path, 'A field is a mapping with name.'),
    );
    return undefined;
  }
  const name = textOf(item.physicalName) ?? textOf(item.name);
  if (name === undefined || !/^[A-Za-z_][A-Za-z0-9_]{0,299}$/.test(name)) {
    problems.push(
      yaml.problem(
        'CONTRACT_INVALID',
        path,
        'A field needs a name of letters, digits and underscores.',
      ),
    );
    return undefined;
  }
  const type = typeOf(yaml, item, name, path, problems);
  const logicalType = textOf(item.logicalType);
  const description = textOf(item.description);
  const values = enumOf(item);
  const nested =
    item.properties === undefined
      ? undefined
      : parseContractFields(yaml, item.properties, [...path, 'properties']);
  problems.push(...(nested?.problems ?? []));
  return {
    name,
    type,
    ...(logicalType !== undefined && { logicalType }),
    ...(description !== undefined && { description }),
    required: item.required === true || item.primaryKey === true,
    unique: item.unique === true,
    primaryKey: item.primaryKey === true,
    ...(values && { enum: values }),
    ...(Array.isArray(item.examples) && { examples: item.examples }),
    ...(nested && { fields: nested.fields }),
  };
}

function typeOf(
  yaml: PositionedYaml,
  item: Record<string, unknown>,
  name: string,
  path: YamlPath,
  problems: PlanProblem[],
): string {
  const physical = textOf(item.physicalType);
  if (physical !== undefined) {
    return physical;
  }
  const logical = textOf(item.logicalType) ?? '';
  const known = Object.prototype.hasOwnProperty.call(PHYSICAL_TYPES, logical)
    ? PHYSICAL_TYPES[logical]
    : undefined;
  problems.push(
    yaml.problem(
      'CONTRACT_TYPE_MISSING',
      path,
      known
        ? `${name} has no physicalType; ${known} is assumed.`
        : `${name} needs a physicalType, such as NUMERIC or ARRAY<STRING>.`,
      { severity: known ? 'warning' : 'error' },
    ),
  );
  return known ?? '';
}

/** Allowed values, from a quality rule (v3.0 and v3.1 forms) or the options. */
function enumOf(item: Record<string, unknown>): string[] | undefined {
  const candidates: unknown[] = [];
  for (const rule of Array.isArray(item.quality) ? item.quality : []) {
    if (isRecord(rule)) {
      candidates.push(rule.validValues);
      if (isRecord(rule.arguments)) {
        candidates.push(rule.arguments.validValues);
      }
    }
  }
  if (isRecord(item.logicalTypeOptions)) {
    candidates.push(item.logicalTypeOptions.enum);
  }
  const found = candidates.find(
    candidate => Array.isArray(candidate) && candidate.length > 0,
  );
  return Array.isArray(found) ? found.map(String) : undefined;
}
