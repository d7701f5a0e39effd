export type {
  EquivalenceInput,
  EquivalenceStatement,
  InputTable,
  ProverLimits,
} from './EquivalenceInput';
export type { MappingProblem } from './MappingProblem';
export { checkMapping } from './checkMapping';
export { proveEquivalence } from './proveEquivalence';
export * from './reasons';
export { checkSample, compareQueriesOnSample } from './sample/checkSample';
export type { SampleInput } from './sample/checkSample';
