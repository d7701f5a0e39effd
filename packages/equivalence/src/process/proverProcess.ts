import { ProverDatabase } from '../database/ProverDatabase';
import { proveStatement } from '../prove/proveStatement';
import { checkMappingInDatabase } from '../prove/checkMappingInDatabase';
import { answerSample } from '../sample/answerSample';
import { loadPolyglot } from '../translate/polyglot';
import { endWithParent } from './endWithParent';
import { ProverMessage, ProverRequest } from './ProverRequest';

/** For the engine; the parser and Node.js need the rest. */
const DATABASE_SHARE = 0.5;

function say(message: ProverMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function readRequest(): Promise<ProverRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Verdicts after which nobody knows what state the engine is in. */
const SPOILING = ['TIMEOUT', 'NOT_RUNNABLE'];

async function prove(request: ProverRequest & { task: 'prove' }) {
  const { mapping, statements, answers, seed, limits } = request.input;
  const open = () =>
    ProverDatabase.open({
      memoryMb: limits.memoryMb * DATABASE_SHARE,
      queryTimeoutMs: request.queryTimeoutMs,
    });
  let database = await open();
  for (const [index, statement] of statements.entries()) {
    say({ type: 'started', index });
    const proof = await proveStatement({
      mapping,
      statement,
      answers,
      seed,
      database,
    });
    say({ type: 'proof', index, proof });
    // Nothing of one statement can help or harm the next.
    if (SPOILING.includes(proof.case.reason ?? '')) {
      database.close();
      database = await open();
    } else {
      await database.clear();
    }
  }
  database.close();
}

async function main(): Promise<void> {
  endWithParent();
  const request = await readRequest();
  await loadPolyglot();
  say({ type: 'ready' });
  if (request.task === 'prove') {
    await prove(request);
    return;
  }
  if (request.task === 'sample') {
    await answerSample(request.request, {
      queryTimeoutMs: request.queryTimeoutMs,
      say: answer => say({ type: 'sample', answer }),
    });
    return;
  }
  const database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: request.queryTimeoutMs,
  });
  const problems = await checkMappingInDatabase(request.mapping, database);
  say({ type: 'problems', problems });
  database.close();
}

main().catch(error => {
  say({ type: 'error', message: String(error?.message ?? error) });
  process.exitCode = 1;
});
