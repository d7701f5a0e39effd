import { ContractField } from 'backstage-plugin-dataset-migration-common';

/** A field of a contract, optional unless `extra` says otherwise. */
export function contractField(
  name: string,
  type: string,
  extra: Partial<ContractField> = {},
): ContractField {
  return {
    name,
    type,
    required: false,
    unique: false,
    primaryKey: false,
    ...extra,
  };
}
