import {
  DatasetUse,
  EquivalenceProof,
  Evidence,
  Finding,
  PlanProblem,
  Route,
  SampleReport,
  Verdict,
} from 'backstage-plugin-dataset-migration-common';

/** What the command line can be asked to do. */
export const COMMANDS = ['check', 'usage', 'rewrite', 'verify'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The one document that a command prints with `--json` (`docs/command-line.md`). */
export interface CommandDocument {
  command: CommandName;
  /** The exit code in words: 0, 1, 2, and 70 for a defect of the program. */
  outcome: 'done' | 'needs-person' | 'bad-input' | 'broken';
  /** Absent where the plan could not be read. */
  plan?: {
    name: string;
    /** The version of the mapping that evidence names; 1 outside of a portal. */
    version: number;
    from: string;
    to: string;
  };
  /** What is wrong with the plan and its contracts; a plan with errors stops the command. */
  problems: FileProblem[];
  /** Why the command stopped, where it is not the plan. */
  error?: { name: string; message: string };
  /** Files that use the dataset, in the order of their paths. */
  files: FileReport[];
  /** Findings that belong to no file of `files`: what was not looked at, and why. */
  findings: Finding[];
  /** `rewrite` and `verify`: a git patch of all changed files, empty without changes. */
  patch?: string;
  /** `--connection`: what real data says of the contracts and of the mapping itself. */
  sample?: SampleReport;
  /** Evidence about the whole change, one per verifier. */
  evidence: Evidence[];
  totals: CommandTotals;
}

/** A problem with the file that it is in; line and column count from 1. */
export interface FileProblem extends PlanProblem {
  file: string;
}

/** What was found in one file, and what becomes of it. */
export interface FileReport {
  /** Relative to the repository, with `/`. */
  path: string;
  /** The hardest of its uses: `person` before `agent` before `question` before `codemod`. */
  route: Route;
  changed: boolean;
  /** It reads only what other files make from the dataset, and needs no change. */
  indirect?: boolean;
  /** `rewrite --write`: the file on disk has the change. */
  written?: boolean;
  reasons: ReasonPlace[];
  edits: EditReport[];
  findings: Finding[];
  evidence: FileEvidence[];
  uses: DatasetUse[];
}

/** A reason identifier and where it applies, 1-based. */
export interface ReasonPlace {
  reason: string;
  route: Route;
  line: number;
  column: number;
  message: string;
}

/** Replaces a range of the file as it was; 1-based, columns in UTF-16 code units. */
export interface EditReport {
  start: Position;
  end: Position;
  text: string;
}

export interface Position {
  line: number;
  column: number;
}

/** One verifier's verdict on one file; `cases` are its compared queries. */
export type FileEvidence = Omit<Evidence, 'paths' | 'proof'> & {
  cases?: EquivalenceProof['cases'];
};

export interface CommandTotals {
  filesRead: number;
  /** Files that use the dataset itself. */
  filesAffected: number;
  filesChanged: number;
  /** Affected files by their route. */
  fileRoutes: Record<Route, number>;
  /** Of the dataset itself. */
  uses: number;
  /** Of what is made from it: common table expressions, models, views. */
  indirectUses: number;
  useRoutes: Record<Route, number>;
  /** Findings by reason identifier. */
  reasons: Record<string, number>;
  /** Files by verifier and verdict. */
  evidence: Record<string, Partial<Record<Verdict, number>>>;
  /** Changed files whose queries can be proved; declarations have none. */
  filesWithQueries: number;
  /** Those of them all of whose queries were proved equivalent. */
  filesProved: number;
}
