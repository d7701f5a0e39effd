import { InputError } from '@backstage/errors';
import { ContractField, DataContract } from '../contract/DataContract';
import { MigrationPlan, PlanField } from '../plan/MigrationPlan';
import { DatasetMapping, FieldMapping } from './DatasetMapping';
import { datasetNames } from './datasetNames';

/**
 * The mapping of a plan that `parsePlan` found without errors, given both contracts.
 *
 * @param options.version - counts up with each change to the plan; proofs name it.
 * @throws InputError where a field of the old contract is not mapped.
 */
export function buildMapping(options: {
  plan: MigrationPlan;
  fromContract: DataContract;
  toContract: DataContract;
  version: number;
}): DatasetMapping {
  const { plan, fromContract, toContract, version } = options;
  const { from, to, mapping } = plan.spec;
  const newFields = new Set(toContract.fields.map(({ name }) => name));
  const planned = new Map(Object.entries(mapping.fields ?? {}));
  return {
    version,
    dialect: mapping.dialect,
    output: mapping.output ?? 'keep',
    from: {
      dataset: from.dataset,
      contract: fromContract,
      names: datasetNames(fromContract, from.names),
    },
    to: {
      dataset: to.dataset,
      contract: toContract,
      names: datasetNames(toContract, to.names),
    },
    rows: {
      grain: mapping.rows?.grain ?? 'same',
      ...(mapping.rows?.where !== undefined && { where: mapping.rows.where }),
    },
    fields: fromContract.fields.map(field =>
      toFieldMapping(field, planned.get(field.name), newFields),
    ),
  };
}

function toFieldMapping(
  { name }: ContractField,
  field: PlanField | undefined,
  newFields: Set<string>,
): FieldMapping {
  if (field === undefined) {
    if (!newFields.has(name)) {
      throw new InputError(`The field ${name} is not mapped`);
    }
    return { kind: 'same', name, is: name };
  }
  if (typeof field === 'string' || 'is' in field) {
    const is = typeof field === 'string' ? field : field.is.trim();
    if (is === name && newFields.has(is)) {
      return { kind: 'same', name, is };
    }
    return { kind: newFields.has(is) ? 'rename' : 'expression', name, is };
  }
  const guide = field.guide === undefined ? {} : { guide: field.guide };
  if ('gone' in field) {
    return { kind: 'gone', name, reason: field.gone, ...guide };
  }
  return {
    kind: 'ask',
    name,
    question: field.ask,
    options: field.options,
    ...guide,
  };
}
