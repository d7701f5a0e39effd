import Ajv2020, { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { PositionedYaml, YamlPath } from '../yaml/PositionedYaml';
import { MIGRATION_PLAN_SCHEMA } from './migrationPlanSchema';
import { MigrationPlan } from './MigrationPlan';
import { parseDuration } from './parseDuration';
import { PlanProblem } from './PlanProblem';

const MAX_PROBLEMS = 100;
let compiled: ValidateFunction<MigrationPlan> | undefined;

/** Checks what the plan holds against the published schema. */
export function checkPlanSchema(
  yaml: PositionedYaml,
  value: unknown,
): { plan?: MigrationPlan; problems: PlanProblem[] } {
  compiled ??= compile();
  if (compiled(value)) {
    return { plan: value, problems: [] };
  }
  const errors = (compiled.errors ?? []).filter(
    (error, _, all) => !isInner(error, all) && error.keyword !== 'if',
  );
  return {
    problems: errors
      .slice(0, MAX_PROBLEMS)
      .map(error => toProblem(yaml, error)),
  };
}

function compile(): ValidateFunction<MigrationPlan> {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
  ajv.addFormat('date', isDate);
  ajv.addFormat('duration', text => parseDuration(text) !== undefined);
  return ajv.compile<MigrationPlan>(MIGRATION_PLAN_SCHEMA);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) {
    return false;
  }
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Errors of the branches of a `oneOf` are told by the `oneOf` itself. */
function isInner(error: ErrorObject, all: ErrorObject[]): boolean {
  return all.some(
    other =>
      other !== error &&
      other.keyword === 'oneOf' &&
      other.instancePath ===
        error.instancePath.slice(0, other.instancePath.length) &&
      error.schemaPath.startsWith(`${other.schemaPath}/`),
  );
}

function toProblem(yaml: PositionedYaml, error: ErrorObject): PlanProblem {
  const path: YamlPath = error.instancePath
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const params = error.params as Record<string, string>;
  const where = path.join('.') || 'the plan';
  switch (error.keyword) {
    case 'additionalProperties':
      return yaml.problem(
        'KEY_UNKNOWN',
        [...path, params.additionalProperty],
        `${where} has no key ${params.additionalProperty}.${commaHint(path)}`,
      );
    case 'propertyNames':
      return yaml.problem(
        'KEY_INVALID',
        [...path, params.propertyName],
        `${params.propertyName} is not a possible key of ${where}.`,
      );
    case 'required':
      return yaml.problem(
        'KEY_MISSING',
        path,
        `${where} needs the key ${params.missingProperty}.`,
      );
    case 'oneOf':
      return yaml.problem(
        'VALUE_INVALID',
        path,
        `${where} must be a new field's name, or have one of is, ask (with options) and gone.`,
      );
    case 'not':
      return yaml.problem(
        'VALUE_INVALID',
        path,
        `${where} has both agent and action; give one.`,
      );
    default:
      return yaml.problem(codeOf(error), path, sentenceOf(where, error), {
        at: 'value',
      });
  }
}

/** In `{ is: F(a, b) }` the comma ends the value, as YAML has it. */
function commaHint(path: YamlPath): string {
  return path[1] === 'mapping' && path.length > 2
    ? ' An expression with a comma needs quotes around it.'
    : '';
}

function codeOf(error: ErrorObject): string {
  if (error.schemaPath.includes('/entityRef/') || isEntityRef(error)) {
    return 'ENTITY_REF_INVALID';
  }
  if (error.keyword === 'format') {
    return error.params.format === 'date' ? 'DATE_INVALID' : 'DURATION_INVALID';
  }
  return 'VALUE_INVALID';
}

function isEntityRef(error: ErrorObject): boolean {
  const schema: unknown = error.parentSchema;
  return (
    typeof schema === 'object' &&
    schema !== null &&
    'description' in schema &&
    String(schema.description).startsWith('Full reference')
  );
}

function sentenceOf(where: string, error: ErrorObject): string {
  if (isEntityRef(error)) {
    return `${where} must be a full entity reference: kind:namespace/name.`;
  }
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'enum':
      return `${where} must be one of ${(params.allowedValues as string[]).join(
        ', ',
      )}.`;
    case 'const':
      return `${where} must be ${JSON.stringify(params.allowedValue)}.`;
    case 'format':
      return params.format === 'date'
        ? `${where} must be a day such as 2027-03-31.`
        : `${where} must be an ISO 8601 duration such as PT30M or P3D.`;
    case 'pattern':
      return patternSentence(where, error);
    default:
      return `${where} ${error.message ?? 'is not valid'}.`;
  }
}

function patternSentence(where: string, error: ErrorObject): string {
  if (error.schemaPath.includes('/fieldName/')) {
    return `${where} must be the name of a field; write an expression as { is: … }.`;
  }
  if (error.schemaPath.includes('/percentage/')) {
    return `${where} must be a percentage such as 25%.`;
  }
  if (error.schemaPath.includes('/label/')) {
    return `${where} must be a DNS label: lower-case letters, digits and dashes, at most 63.`;
  }
  return `${where} does not have the right form.`;
}
