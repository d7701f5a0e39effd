import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ActionDependencies, MigrationApi } from '../api/MigrationApi';
import { agentRunExamples } from './examples';

/** Where the portal shows what goes on. */
const MIGRATIONS_PATH = '/dataset-migration';

/** Lets a task take one attempt of a run; the first task that does starts it. */
export function createAgentRunAction(dependencies: ActionDependencies) {
  const api = new MigrationApi(dependencies);
  return createTemplateAction({
    id: 'dataset-migration:agent:run',
    description:
      'Starts one attempt of a run and ends; the run goes on in its fleet. For the template that the dataset migration plugin starts: needs service credentials.',
    examples: agentRunExamples,
    supportsDryRun: true,
    schema: {
      input: {
        runId: z => z.string().min(1).describe('The run'),
        attempt: z =>
          z.number().int().min(1).describe('The attempt, counted from 1'),
      },
      output: {
        attached: z =>
          z
            .boolean()
            .describe('False where another task was first, or in a dry run'),
        state: z => z.string().describe('State of the run'),
        message: z => z.string().describe('What happened, for people'),
        path: z => z.string().describe('Where the portal shows migrations'),
      },
    },
    async handler(ctx) {
      const { runId, attempt } = ctx.input;
      ctx.signal?.throwIfAborted();
      const call = await api.call(ctx);
      const { attached, run } = ctx.isDryRun
        ? {
            attached: false,
            run: await api.client.getRun({ path: { runId } }, call),
          }
        : await api.client.attachRun(
            { path: { runId }, body: { attempt, taskId: ctx.task.id } },
            call,
          );
      const message = describe(attempt, run, attached, Boolean(ctx.isDryRun));
      ctx.logger.info(message);
      ctx.output('attached', attached);
      ctx.output('state', run.state);
      ctx.output('message', message);
      ctx.output('path', MIGRATIONS_PATH);
    },
  });
}

function describe(
  attempt: number,
  run: { id: string; kind: string; state: string; attempt: number },
  attached: boolean,
  isDryRun: boolean,
): string {
  if (isDryRun) {
    return `Dry run, nothing was done: the ${run.kind} run ${run.id} is ${run.state}, at attempt ${run.attempt}.`;
  }
  return attached
    ? `Attempt ${attempt} of the ${run.kind} run ${run.id} was started.`
    : `Superseded: attempt ${attempt} of run ${run.id} is not for this task; the run is ${run.state}, at attempt ${run.attempt}.`;
}
