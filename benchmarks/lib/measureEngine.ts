import {
  rewriteConsumer,
  InProcessParser,
} from 'dataset-migration-consumer-codemod';
import { ProverDatabase } from '../../packages/equivalence/src/database/ProverDatabase';
import { proveStatement } from '../../packages/equivalence/src/prove/proveStatement';
import { ordersMapping } from '../../packages/equivalence/src/testUtils/ordersMapping';
import { AFTER, BEFORE } from '../../packages/equivalence/src/testUtils/naming';
import { REALISTIC_QUERIES } from '../../packages/equivalence/src/testUtils/realisticQueries';
import {
  loadPolyglot,
  parseStatement,
  tokens,
} from '../../packages/equivalence/src/translate/polyglot';
import {
  affectedRepositories,
  foreignRepositories,
  Repository,
} from './engineCorpus';
import { receiveInput, sendAnswer } from './forkScript';

/** How much to measure. */
export interface EngineInput {
  foreignFiles: number;
  affectedFiles: number;
  /** How often every query is proved. */
  proofs: number;
}

/** Files by what became of them, with the processor time that took. */
export interface Throughput {
  files: number;
  changed: number;
  /** Of this process, in seconds; all of the work is done by one thread at a time. */
  cpuSeconds: number;
  seconds: number;
}

export interface EngineMeasurement {
  notAffected: Throughput;
  /** Only looking for the table's name. */
  searched: Throughput;
  rewritten: Throughput;
  /** Only tokens and tree of each file. */
  parsed: Throughput;
  /** From one statement to the next in a process that runs, in milliseconds. */
  proofMs: number[];
  /** Processor time of all those proofs, in seconds. */
  proofCpuSeconds: number;
  /** The same without deliberate mistakes. */
  plainProofMs: number[];
  mutants: { generated: number; killed: number };
  /** Most memory the process ever had, its code included, in MB of 2^20 bytes. */
  peakRssMb: number;
}

/** A file in this many of its first runs warms up compilers, not the measurement. */
const WARM_UP_REPOSITORIES = 2;

async function timed(
  repositories: Repository[],
  work: (repository: Repository) => Promise<number>,
): Promise<Throughput> {
  for (const repository of repositories.slice(0, WARM_UP_REPOSITORIES)) {
    await work(repository);
  }
  const from = performance.now();
  const cpu = process.cpuUsage();
  let changed = 0;
  for (const repository of repositories) changed += await work(repository);
  const { user, system } = process.cpuUsage(cpu);
  return {
    files: repositories.reduce((sum, files) => sum + files.length, 0),
    changed,
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - from) / 1000,
  };
}

/** What the engine does with a consumer's files. */
async function rewrite(files: Repository): Promise<number> {
  const result = await rewriteConsumer({
    mapping: ordersMapping(),
    answers: [],
    files,
    parser: new InProcessParser(),
  });
  return result.files.length;
}

async function search(files: Repository): Promise<number> {
  return files.filter(({ content }) =>
    /orders_v1/i.test(content.toString('utf8')),
  ).length;
}

async function parse(files: Repository): Promise<number> {
  for (const { content } of files) {
    const text = content.toString('utf8');
    tokens(text, 'bigquery');
    parseStatement(text, 'bigquery');
  }
  return 0;
}

async function prove(
  mutantLimit?: number,
): Promise<{ ms: number[]; generated: number; killed: number }> {
  const database = await ProverDatabase.open({
    memoryMb: 512,
    queryTimeoutMs: 10_000,
  });
  const measured = { ms: new Array<number>(), generated: 0, killed: 0 };
  for (const query of REALISTIC_QUERIES) {
    const from = performance.now();
    const proof = await proveStatement({
      mapping: ordersMapping(),
      statement: {
        path: 'query.sql',
        label: query.name,
        oldSql: query.sql(BEFORE),
        newSql: query.sql(AFTER),
        ordered: false,
        tables: query.tables ?? [],
      },
      answers: [],
      seed: 1,
      database,
      ...(mutantLimit !== undefined && { mutantLimit }),
    });
    await database.clear();
    measured.ms.push(performance.now() - from);
    measured.generated += proof.mutants.generated;
    measured.killed += proof.mutants.killed;
    if (proof.case.verdict !== 'passed') {
      throw new Error(`${query.name} was not proved: ${proof.case.message}`);
    }
  }
  database.close();
  return measured;
}

async function main(): Promise<void> {
  const input = await receiveInput<EngineInput>();
  await loadPolyglot();
  const foreign = foreignRepositories(input.foreignFiles);
  const affected = affectedRepositories(input.affectedFiles);
  const measurement: EngineMeasurement = {
    searched: await timed(foreign, search),
    notAffected: await timed(foreign, rewrite),
    parsed: await timed(affected, parse),
    rewritten: await timed(affected, rewrite),
    proofMs: [],
    proofCpuSeconds: 0,
    plainProofMs: [],
    mutants: { generated: 0, killed: 0 },
    peakRssMb: 0,
  };
  await prove();
  for (let round = 0; round < input.proofs; round += 1) {
    measurement.plainProofMs.push(...(await prove(0)).ms);
    const cpu = process.cpuUsage();
    const { ms, generated, killed } = await prove();
    const { user, system } = process.cpuUsage(cpu);
    measurement.proofCpuSeconds += (user + system) / 1e6;
    measurement.proofMs.push(...ms);
    measurement.mutants.generated += generated;
    measurement.mutants.killed += killed;
  }
  measurement.peakRssMb = process.resourceUsage().maxRSS / 1024;
  await sendAnswer(measurement);
  process.exit(0);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
