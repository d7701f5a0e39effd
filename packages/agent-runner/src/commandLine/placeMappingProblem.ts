import {
  PlanProblem,
  PositionedYaml,
} from 'backstage-plugin-dataset-migration-common';
import { MappingProblem } from 'dataset-migration-equivalence';

/** Puts a problem of the mapping at its line in the plan's text. */
export function placeMappingProblem(
  { place, code, message, severity }: MappingProblem,
  text: string,
): PlanProblem {
  // A field's name may hold dots itself.
  const [head] = place.split('.');
  const path =
    head === 'fields'
      ? ['spec', 'mapping', 'fields', place.slice('fields.'.length)]
      : ['spec', 'mapping', ...place.split('.')];
  return new PositionedYaml(text).problem(code, path, message, { severity });
}
