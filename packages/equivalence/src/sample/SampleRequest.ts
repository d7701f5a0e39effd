import {
  DatasetMapping,
  FieldAnswer,
  SampleConnection,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';
import { EquivalenceStatement } from '../EquivalenceInput';
import { ProofCase } from '../reasons';

/** What the process of a prover is asked about a sample. */
export interface SampleRequest {
  connection: SampleConnection;
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  /** To compare; absent to check contracts and mapping. */
  statements?: EquivalenceStatement[];
  memoryMb: number;
}

/** What it answers. */
export type SampleAnswer =
  | { kind: 'report'; report: SampleReport }
  | { kind: 'case'; case: ProofCase; opaqueFunctions: string[] };
