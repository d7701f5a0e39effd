import os from 'node:os';
import { forkScript } from './lib/forkScript';
import type {
  EngineInput,
  EngineMeasurement,
  Throughput,
} from './lib/measureEngine';

const FULL: EngineInput = {
  foreignFiles: 50_000,
  affectedFiles: 2_000,
  proofs: 3,
};
const QUICK: EngineInput = {
  foreignFiles: 10_000,
  affectedFiles: 400,
  proofs: 1,
};
/** As the parser and the prover run: compiling more costs more than it brings. */
const FLAGS = ['--liftoff-only'];
/** A queries' generator whose files the engine hands over measures nothing. */
const MIN_REWRITTEN = 0.5;

/**
 * How fast files are looked at and rewritten, how long a proof takes, and how many
 * deliberate mistakes it notices. See the README of this folder.
 */
export async function run(options: { quick: boolean }): Promise<object> {
  const input = options.quick ? QUICK : FULL;
  console.log(`Machine: ${os.cpus().length} cores, Node ${process.version}`);
  console.log(
    `Generating ${input.foreignFiles} files that do not read the dataset and ${input.affectedFiles} that do`,
  );
  const script = forkScript<EngineMeasurement>(
    'measureEngine.ts',
    input,
    FLAGS,
  );
  const interrupt = () => {
    script.stop();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return report(await script.answer, input);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await script.stop();
  }
}

function report(measured: EngineMeasurement, input: EngineInput): object {
  const { notAffected, searched, rewritten, parsed, mutants } = measured;
  if (notAffected.changed > 0) {
    throw new Error('Files that do not read the dataset were changed');
  }
  if (rewritten.changed < rewritten.files * MIN_REWRITTEN) {
    throw new Error(
      `Only ${rewritten.changed} of ${rewritten.files} files were rewritten`,
    );
  }
  describe('not affected', notAffected, 'a search for the name', searched);
  describe('rewritten', rewritten, 'parsing alone', parsed);
  console.log(
    `  ${rewritten.changed} of ${rewritten.files} affected files were rewritten, the others handed over`,
  );
  const proofMs = median(measured.proofMs);
  const plainMs = median(measured.plainProofMs);
  console.log(
    `  proof: ${proofMs.toFixed(1)} ms at the median, ${percentile(
      measured.proofMs,
      0.95,
    ).toFixed(1)} ms at the 95th percentile; without mistakes ${plainMs.toFixed(
      1,
    )} ms, ratio ${(proofMs / plainMs).toFixed(2)}`,
  );
  const eachCpu = (measured.proofCpuSeconds * 1000) / measured.proofMs.length;
  console.log(
    `  proof: ${eachCpu.toFixed(1)} ms of processor time on the average`,
  );
  console.log(
    `  ${mutants.killed} of ${mutants.generated} deliberate mistakes were noticed in ${input.proofs} rounds`,
  );
  return {
    bench: 'engine',
    notAffectedFilesPerSecond: Math.round(perSecond(notAffected)),
    rewrittenFilesPerSecond: Math.round(perSecond(rewritten)),
    proofMedianMs: Math.round(proofMs * 10) / 10,
    mutantsCaught:
      Math.round((mutants.killed / mutants.generated) * 1000) / 1000,
    peakRssMb: Math.round(measured.peakRssMb),
  };
}

/** Per second of one core. */
function perSecond({ files, cpuSeconds }: Throughput): number {
  return files / cpuSeconds;
}

function describe(
  name: string,
  measured: Throughput,
  baselineName: string,
  baseline: Throughput,
): void {
  console.log(
    `  ${name}: ${measured.files} files in ${measured.cpuSeconds.toFixed(
      2,
    )} s of processor time, ${measured.seconds.toFixed(
      2,
    )} s in all; ${Math.round(
      perSecond(measured),
    )} files/s; ${baselineName} ${Math.round(
      perSecond(baseline),
    )} files/s, ratio ${(perSecond(baseline) / perSecond(measured)).toFixed(
      2,
    )}`,
  );
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function median(values: number[]): number {
  return percentile(values, 0.5);
}
