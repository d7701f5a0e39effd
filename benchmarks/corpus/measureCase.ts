import {
  EquivalenceCase,
  FieldAnswer,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChildCodemod,
  CodemodResult,
} from 'dataset-migration-consumer-codemod';
import { FileOutcome } from './FileOutcome';
import { frameworkOf } from './frameworkOf';
import { Lanes } from './Lanes';
import { CorpusCase } from './loadCase';
import { proveFiles } from './proveFiles';

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

function of(findings: readonly Finding[], path: string): Finding[] {
  return findings.filter(({ place }) => place?.path === path);
}

export interface Rewritten {
  corpusCase: CorpusCase;
  answers: FieldAnswer[];
  /** Without an answer to any question, and with all. */
  asked: CodemodResult;
  done: CodemodResult;
}

/** Runs a plan over a project: once as it is, once with every question answered. */
export async function rewriteCase(
  corpusCase: CorpusCase,
  files: Array<{ path: string; content: Buffer }>,
): Promise<Rewritten> {
  const { mapping } = corpusCase;
  const answers = firstAnswers(corpusCase);
  const codemod = new ChildCodemod();
  try {
    const asked = await codemod.rewrite({ mapping, answers: [], files });
    const done = await codemod.rewrite({ mapping, answers, files });
    return { corpusCase, answers, asked, done };
  } finally {
    await codemod.close();
  }
}

/** Proves what was rewritten, and says what became of every file. */
export async function judgeCase(
  { corpusCase, answers, asked, done }: Rewritten,
  isDbt: boolean,
  lanes: Lanes,
): Promise<FileOutcome[]> {
  const { mapping, affected } = corpusCase;
  const proofs = await proveFiles(
    { mapping, answers, files: done.files },
    lanes,
  );
  const changed = new Map(done.files.map(file => [file.path, file]));
  const mentioned = new Set(affected);
  const paths = new Set([...affected, ...changed.keys()]);
  return [...paths].map((path): FileOutcome => {
    const change = changed.get(path);
    const handed = of(done.findings, path).filter(
      ({ route }) => route !== 'codemod',
    );
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
    const judged = verdictOf(proofs.get(path) ?? []);
    return {
      ...base,
      ...judged,
      outcome: mentioned.has(path) ? judged.outcome : 'outside',
      before: change.before.toString('utf8'),
      after: change.after.toString('utf8'),
    };
  });
}

function verdictOf(
  cases: readonly EquivalenceCase[],
): Pick<FileOutcome, 'outcome' | 'reasons' | 'detail'> {
  const weak = cases.filter(({ verdict }) => verdict !== 'passed');
  if (cases.length > 0 && weak.length === 0) {
    return { outcome: 'proved', reasons: [], detail: [] };
  }
  const reasons = weak.map(({ verdict, reason }) => `${verdict}:${reason}`);
  const none = cases.length === 0 ? ['NO_QUERIES'] : [];
  return {
    outcome: weak.some(({ verdict }) => verdict === 'failed')
      ? 'failed'
      : 'unproved',
    reasons: [...new Set([...reasons, ...none])],
    detail: weak.map(({ label, message }) => `${label}: ${message}`),
  };
}

/** All of it for one case. */
export async function measureCase(
  corpusCase: CorpusCase,
  files: Array<{ path: string; content: Buffer }>,
  isDbt: boolean,
  lanes = new Lanes(1),
): Promise<FileOutcome[]> {
  const rewritten = await lanes.run(() => rewriteCase(corpusCase, files));
  return judgeCase(rewritten, isDbt, lanes);
}
