import {
  EquivalenceCase,
  FieldAnswer,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChildCodemod,
  CodemodResult,
} from 'dataset-migration-consumer-codemod';
import { proveEquivalence } from 'dataset-migration-equivalence';
import { Framework, frameworkOf } from './frameworkOf';
import { CorpusCase } from './loadCase';

/** What became of one file of the denominator. */
export interface FileOutcome {
  case: string;
  path: string;
  framework: Framework;
  /** `failed`: changed, but the proof contradicts; such a change is never published. */
  outcome:
    | 'proved'
    | 'unproved'
    | 'failed'
    | 'handed-over'
    | 'silent'
    | 'outside';
  uses: number;
  /** Questions that the first pass asked. */
  questions: number;
  /** Why it was handed over, or not proved. */
  reasons: string[];
  detail: string[];
  before?: string;
  after?: string;
}

/** Time for a process to start, and for each statement: generous, as machines are shared. */
const START_MS = 10_000;
const STATEMENT_MS = 2_500;
/** Files that are proved in one process. */
const BATCH = 8;
const SEED = 1;

/** The first answer to every question: what is measured is the codemod, not the owner. */
function firstAnswers({ mapping }: CorpusCase): FieldAnswer[] {
  return mapping.fields.flatMap((field): FieldAnswer[] => {
    if (field.kind === 'ask') {
      const { is } = field.options[0];
      return [{ field: field.name, answer: { kind: 'expression', is } }];
    }
    return field.kind === 'gone'
      ? [{ field: field.name, answer: { kind: 'null' } }]
      : [];
  });
}

type Changed = CodemodResult['files'];

async function proveTogether(
  corpusCase: CorpusCase,
  answers: FieldAnswer[],
  files: Changed,
): Promise<Map<string, EquivalenceCase[]>> {
  const statements = files.flatMap(file =>
    file.statements.map(statement => ({ ...statement, path: file.path })),
  );
  const proofs = new Map<string, EquivalenceCase[]>();
  if (statements.length === 0) {
    return proofs;
  }
  const timeoutMs = START_MS + STATEMENT_MS * statements.length;
  const evidence = await proveEquivalence({
    mapping: corpusCase.mapping,
    statements,
    answers,
    seed: SEED,
    limits: { timeoutMs, memoryMb: 1500 },
  });
  for (const each of evidence.proof?.cases ?? []) {
    proofs.set(each.path, [...(proofs.get(each.path) ?? []), each]);
  }
  return proofs;
}

/** A few files share a process; one that eats the time of the others is then proved alone. */
async function prove(
  corpusCase: CorpusCase,
  answers: FieldAnswer[],
  files: Changed,
): Promise<Map<string, EquivalenceCase[]>> {
  const proofs = new Map<string, EquivalenceCase[]>();
  if (process.env.CORPUS_PROOFS === 'no') {
    return proofs;
  }
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    const together = await proveTogether(corpusCase, answers, batch);
    for (const file of batch) {
      const own = together.get(file.path) ?? [];
      const late = own.some(({ reason }) => reason === 'TIMEOUT');
      const alone =
        late && batch.length > 1
          ? await proveTogether(corpusCase, answers, [file])
          : together;
      proofs.set(file.path, alone.get(file.path) ?? []);
    }
  }
  return proofs;
}

function of(findings: readonly Finding[], path: string): Finding[] {
  return findings.filter(({ place }) => place?.path === path);
}

/** Runs a plan over a project: once as it is, once with every question answered, then the proof. */
export async function measureCase(
  corpusCase: CorpusCase,
  files: Array<{ path: string; content: Buffer }>,
  isDbt: boolean,
): Promise<FileOutcome[]> {
  const { mapping, affected } = corpusCase;
  const answers = firstAnswers(corpusCase);
  const codemod = new ChildCodemod();
  try {
    const asked = await codemod.rewrite({ mapping, answers: [], files });
    const done = await codemod.rewrite({ mapping, answers, files });
    const proofs = await prove(corpusCase, answers, done.files);
    const changed = new Map(done.files.map(file => [file.path, file]));
    const mentioned = new Set(affected);
    const paths = new Set([...affected, ...changed.keys()]);
    return [...paths].map((path): FileOutcome => {
      const change = changed.get(path);
      const findings = of(done.findings, path);
      const handed = findings.filter(({ route }) => route !== 'codemod');
      const cases = proofs.get(path) ?? [];
      const weak = cases.filter(({ verdict }) => verdict !== 'passed');
      const base = {
        case: corpusCase.name,
        path,
        framework: frameworkOf(path, isDbt),
        uses: done.uses.filter(({ place }) => place.path === path).length,
        questions: of(asked.findings, path).filter(
          ({ route }) => route === 'question',
        ).length,
      };
      if (!change || handed.length > 0) {
        return {
          ...base,
          outcome: handed.length > 0 ? 'handed-over' : 'silent',
          reasons: [...new Set(handed.map(({ reason }) => reason))],
          detail: handed.map(
            ({ place, message }) => `${place?.line ?? 0}: ${message}`,
          ),
        };
      }
      const proved = cases.length > 0 && weak.length === 0;
      const failed = weak.some(({ verdict }) => verdict === 'failed');
      const judged = failed ? 'failed' : 'unproved';
      const migrated = proved ? 'proved' : judged;
      return {
        ...base,
        // Changed, though plain text search does not find the dataset in it.
        outcome: mentioned.has(path) ? migrated : 'outside',
        reasons: proved
          ? []
          : [
              ...new Set(
                weak.map(({ verdict, reason }) => `${verdict}:${reason}`),
              ),
              ...(cases.length === 0 ? ['NO_QUERIES'] : []),
            ],
        detail: weak.map(({ label, message }) => `${label}: ${message}`),
        before: change.before.toString('utf8'),
        after: change.after.toString('utf8'),
      };
    });
  } finally {
    await codemod.close();
  }
}
