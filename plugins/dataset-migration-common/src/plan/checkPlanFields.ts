import { ContractField, DataContract } from '../contract/DataContract';
import { PositionedYaml } from '../yaml/PositionedYaml';
import { expressionProblem } from './expressionShape';
import { MigrationPlan, PlanField } from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

const FIELDS = ['spec', 'mapping', 'fields'];

/** Every old field is mapped, asked, gone, or the same in both contracts. */
export function checkPlanFields(
  yaml: PositionedYaml,
  plan: MigrationPlan,
  contracts: { fromContract?: DataContract; toContract?: DataContract },
): PlanProblem[] {
  const { mapping } = plan.spec;
  const fields = new Map(Object.entries(mapping.fields ?? {}));
  const problems = checkExpressions(yaml, plan);
  const old = contracts.fromContract && byName(contracts.fromContract);
  const next = contracts.toContract && byName(contracts.toContract);
  if (old) {
    for (const name of fields.keys()) {
      if (!old.has(name)) {
        problems.push(
          yaml.problem(
            'FIELD_UNKNOWN',
            [...FIELDS, name],
            `${name} is no field of the old contract.`,
          ),
        );
      }
    }
  }
  if (next) {
    for (const [name, field] of fields) {
      if (typeof field === 'string' && !hasPath(next, field)) {
        problems.push(
          yaml.problem(
            'FIELD_UNKNOWN',
            [...FIELDS, name],
            `${field} is no field of the new contract.`,
            { at: 'value' },
          ),
        );
      }
    }
    for (const by of grainOf(plan)) {
      if (!hasPath(next, by)) {
        problems.push(
          yaml.problem(
            'FIELD_UNKNOWN',
            ['spec', 'mapping', 'rows', 'grain'],
            `${by} is no field of the new contract.`,
          ),
        );
      }
    }
  }
  if (old && next) {
    for (const field of old.values()) {
      if (!fields.has(field.name)) {
        problems.push(...checkSame(yaml, field, next.get(field.name)));
      }
    }
  }
  return problems;
}

function checkSame(
  yaml: PositionedYaml,
  old: ContractField,
  next: ContractField | undefined,
): PlanProblem[] {
  if (!next) {
    return [
      yaml.problem(
        'FIELD_NOT_MAPPED',
        FIELDS,
        `${old.name} is not in the new contract: map it, ask for it, or say that it is gone.`,
      ),
    ];
  }
  if (normalType(old.type) !== normalType(next.type)) {
    return [
      yaml.problem(
        'FIELD_TYPE_DIFFERS',
        FIELDS,
        `${old.name} is ${old.type} in the old and ${next.type} in the new contract: map it with a CAST.`,
      ),
    ];
  }
  return [];
}

function checkExpressions(
  yaml: PositionedYaml,
  plan: MigrationPlan,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const aggregates = grainOf(plan).length > 0;
  const check = (
    path: Array<string | number>,
    expression: string,
    allowAggregates: boolean,
  ) => {
    const problem = expressionProblem(expression, {
      aggregates: allowAggregates,
    });
    if (problem) {
      problems.push(
        yaml.problem(
          'PLAN_SHAPE_UNSUPPORTED',
          path,
          `The expression ${expression} cannot be used: ${problem}.`,
          { at: 'value' },
        ),
      );
    }
  };
  const { rows, fields } = plan.spec.mapping;
  if (rows?.where !== undefined) {
    check(['spec', 'mapping', 'rows', 'where'], rows.where, false);
  }
  for (const [name, field] of Object.entries(fields ?? {})) {
    for (const { path, is } of expressionsOf(field)) {
      check([...FIELDS, name, ...path], is, aggregates);
    }
  }
  return problems;
}

function expressionsOf(
  field: PlanField,
): Array<{ path: Array<string | number>; is: string }> {
  if (typeof field === 'string' || 'gone' in field) {
    return [];
  }
  if ('is' in field) {
    return [{ path: ['is'], is: field.is }];
  }
  return field.options.map(({ is }, index) => ({
    path: ['options', index, 'is'],
    is,
  }));
}

function grainOf(plan: MigrationPlan): string[] {
  const grain = plan.spec.mapping.rows?.grain;
  return typeof grain === 'object' ? grain.by : [];
}

function byName(contract: DataContract): Map<string, ContractField> {
  return new Map(contract.fields.map(field => [field.name, field]));
}

function hasPath(fields: Map<string, ContractField>, path: string): boolean {
  const [first, ...rest] = path.split('.');
  let field = fields.get(first);
  for (const step of rest) {
    field = field?.fields?.find(({ name }) => name === step);
  }
  return field !== undefined;
}

const TYPE_ALIASES: Record<string, string> = {
  INT: 'INT64',
  INTEGER: 'INT64',
  BIGINT: 'INT64',
  BOOLEAN: 'BOOL',
  FLOAT: 'FLOAT64',
  DECIMAL: 'NUMERIC',
};

/** Types that differ only in spelling are the same. */
function normalType(type: string): string {
  return type
    .toUpperCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>,()]) ?/g, '$1')
    .replace(/\b[A-Z]+\b/g, word => TYPE_ALIASES[word] ?? word)
    .trim();
}
