export type {
  EquivalenceInput,
  EquivalenceStatement,
  InputTable,
  ProverLimits,
} from './EquivalenceInput';
export type { MappingProblem } from './MappingProblem';
export { checkMapping } from './checkMapping';
export { proveEquivalence } from './proveEquivalence';
