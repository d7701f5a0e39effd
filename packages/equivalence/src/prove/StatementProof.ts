import { MissedBranch } from '../cover/CoverageProbe';
import { ProofCase } from '../reasons';

/** How the deliberate mistakes in a statement fared. */
export interface MutantCount {
  /** Mistakes that bind and can be told from the right query at all. */
  generated: number;
  killed: number;
  /** Left out of the count: the engine sees the same query in them. */
  equivalent: number;
  /** What was wrong in the ones that were not noticed. */
  survivors: string[];
  /** Generated and killed, by kind of mistake. */
  byKind: Record<string, { generated: number; killed: number }>;
}

/** How much of a statement the generated rows exercised. */
export interface StatementCoverage {
  /** Two for every condition: it can be true, and not. */
  found: number;
  hit: number;
  missed: MissedBranch[];
}

/** A case with what it adds to the whole proof. */
export interface StatementProof {
  case: ProofCase;
  mutants: MutantCount;
  /** Absent when the query never ran. */
  coverage?: StatementCoverage;
  opaqueFunctions: string[];
  errorsNotCompared: boolean;
}

export function noMutants(): MutantCount {
  return { generated: 0, killed: 0, equivalent: 0, survivors: [], byKind: {} };
}
