/** How far a change was proved, from weakest to strongest. */
export const RUNGS = [
  'parses',
  'resolves',
  'compiles',
  'equivalent',
  'equivalent-on-sample',
  'tested',
] as const;
export type Rung = (typeof RUNGS)[number];

export type Verdict = 'passed' | 'failed' | 'inconclusive' | 'not-run';

/** One verifier's verdict on a change, with what it looked at. */
export interface Evidence {
  verifier: string;
  /** The rung it stands for; absent for guards such as the scope check. */
  rung?: Rung;
  verdict: Verdict;
  /** Stable identifier: `NO_SANDBOX`, `NONDETERMINISTIC`, `EMPTY_RESULT`, … Always set unless `passed`. */
  reason?: string;
  /** One sentence for a person. */
  summary: string;
  /** Files it looked at. */
  paths: string[];
  proof?: EquivalenceProof;
}

/** What an equivalence proof says it proved (architecture, rule 6). */
export interface EquivalenceProof {
  mappingVersion: number;
  seed: number;
  /** Queries compared, one per statement and live Jinja branch. */
  cases: EquivalenceCase[];
  mutants: MutationScore;
  /** Absent when no query ran. */
  coverage?: ProofCoverage;
  /** Functions replaced on both sides by the same uninterpreted hash. */
  opaqueFunctions: string[];
  /** True where an expression can raise, such as a division: errors were not compared. */
  errorsNotCompared: boolean;
}

/** How many deliberate mistakes in the new queries the comparison noticed. */
export interface MutationScore {
  /** Mistakes that can be told from the right query at all. */
  generated: number;
  killed: number;
  /** Mistakes left out, since the engine sees the same query in them. */
  equivalent?: number;
  /** What was wrong in those that nobody noticed, one sentence each. */
  survivors?: string[];
}

/** How much of the queries the generated rows exercised. */
export interface ProofCoverage {
  /** Rows that came out of the old queries, all together. */
  outputRows: number;
  /** Two for every condition: that it holds, and that it does not. */
  branches: { found: number; hit: number };
  /** Sides of conditions that no row was on. */
  missed: MissedCondition[];
}

export interface MissedCondition {
  path: string;
  /** Which statement and branch, as in its case. */
  label: string;
  /** As the embedded engine spells it. */
  condition: string;
  never: 'true' | 'false';
}

export interface EquivalenceCase {
  path: string;
  /** Which statement and branch: `statement 1`, `if is_incremental()`. */
  label: string;
  verdict: Verdict;
  reason?: string;
  message?: string;
  /** Rows put in each input, and rows that came out. */
  inputRows: Record<string, number>;
  outputRows: number;
  counterexample?: Counterexample;
}

/** Smallest difference found, as tables of printable values. */
export interface Counterexample {
  inputs: Record<string, PrintableTable>;
  old: PrintableTable;
  new: PrintableTable;
}
export interface PrintableTable {
  columns: string[];
  rows: Array<Array<string | null>>;
}
