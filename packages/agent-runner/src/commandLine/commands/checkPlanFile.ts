import { CommandDocument } from '../CommandDocument';
import { loadPlan } from '../loadPlan';
import { loadSample, parseConnection } from '../loadSample';
import { Command } from '../parseCommand';
import { emptyDocument } from '../report/emptyDocument';
import { printProblems } from '../report/printProblems';
import { printSample, sampleNeedsPerson } from '../report/printSample';
import { Output } from '../Output';

/** `check`: what is wrong with a plan, its contracts and its expressions. */
export async function checkPlanFile(
  command: Command,
  output: Output,
): Promise<CommandDocument> {
  const { plan, mapping, problems, bind } = await loadPlan(command.plan);
  const all = [...problems, ...(await bind())];
  const document = emptyDocument('check', plan, all);
  output.lines(printProblems(all));
  if (document.outcome === 'done' && mapping && command.connection) {
    const sample = await loadSample({
      connection: await parseConnection(command.connection),
      mapping,
      answers: [],
      timeoutMs: command.timeoutMs,
    });
    document.sample = sample;
    output.lines(printSample(sample));
    if (sampleNeedsPerson(sample)) {
      document.outcome = 'needs-person';
    }
  }
  if (document.outcome !== 'bad-input') {
    output.lines([
      `${command.plan}: ${mapping?.fields.length ?? 0} fields of ${
        document.plan?.from
      } are mapped to ${document.plan?.to}.`,
    ]);
  }
  return document;
}
