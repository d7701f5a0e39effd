import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { EquivalenceInput } from '../EquivalenceInput';
import { MappingProblem } from '../MappingProblem';
import { StatementProof } from '../prove/StatementProof';
import { SampleAnswer, SampleRequest } from '../sample/SampleRequest';

/** What the child process is asked, as one JSON document on its standard input. */
export type ProverRequest =
  | { task: 'prove'; input: EquivalenceInput; queryTimeoutMs: number }
  | { task: 'check-mapping'; mapping: DatasetMapping; queryTimeoutMs: number }
  | { task: 'sample'; request: SampleRequest; queryTimeoutMs: number };

/** What the child process says, as one JSON document per line of its standard output. */
export type ProverMessage =
  | { type: 'ready' }
  | { type: 'started'; index: number }
  | { type: 'proof'; index: number; proof: StatementProof }
  | { type: 'problems'; problems: MappingProblem[] }
  | { type: 'sample'; answer: SampleAnswer }
  | { type: 'error'; message: string };
