import {
  DatasetMapping,
  EquivalenceCase,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { CodemodResult } from 'dataset-migration-consumer-codemod';
import { proveEquivalence } from 'dataset-migration-equivalence';
import { Lanes } from './Lanes';

/** Time for a process to start, and for each statement: generous, as machines are shared. */
const START_MS = 10_000;
const STATEMENT_MS = 2_500;
/** Files that are proved in one process. */
const BATCH = 8;
const SEED = 1;

type Changed = CodemodResult['files'];
type Proofs = Map<string, EquivalenceCase[]>;

interface ProveInput {
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  files: Changed;
}

async function proveTogether({
  mapping,
  answers,
  files,
}: ProveInput): Promise<Proofs> {
  const statements = files.flatMap(file =>
    file.statements.map(statement => ({ ...statement, path: file.path })),
  );
  const proofs: Proofs = new Map();
  if (statements.length === 0) {
    return proofs;
  }
  const timeoutMs = START_MS + STATEMENT_MS * statements.length;
  const evidence = await proveEquivalence({
    mapping,
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

/** One that eats the time of the others is proved alone afterwards, and so are those after it. */
async function proveBatch(input: ProveInput, lanes: Lanes): Promise<Proofs> {
  const together = await lanes.run(() => proveTogether(input));
  const late = input.files.filter(({ path }) =>
    together.get(path)?.some(({ reason }) => reason === 'TIMEOUT'),
  );
  if (input.files.length > 1) {
    await Promise.all(
      late.map(async file => {
        const alone = { ...input, files: [file] };
        const proofs = await lanes.run(() => proveTogether(alone));
        together.set(file.path, proofs.get(file.path) ?? []);
      }),
    );
  }
  return together;
}

/** Proves changed files, a few in each process, and as many processes as there are lanes. */
export async function proveFiles(
  input: ProveInput,
  lanes: Lanes,
): Promise<Proofs> {
  if (process.env.CORPUS_PROOFS === 'no') {
    return new Map();
  }
  const batches: Changed[] = [];
  for (let start = 0; start < input.files.length; start += BATCH) {
    batches.push(input.files.slice(start, start + BATCH));
  }
  const proofs = await Promise.all(
    batches.map(files => proveBatch({ ...input, files }, lanes)),
  );
  return new Map(proofs.flatMap(each => [...each]));
}
