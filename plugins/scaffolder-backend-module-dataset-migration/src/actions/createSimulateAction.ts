import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ActionDependencies, MigrationApi } from '../api/MigrationApi';
import { actAndWait } from './actAndWait';
import { simulateExamples } from './examples';
import { POLL_MS } from './pollMs';

/** Writes and verifies the changes of a migration's targets; nothing outside of the runs changes. */
export function createSimulateAction(dependencies: ActionDependencies) {
  const api = new MigrationApi(dependencies);
  return createTemplateAction({
    id: 'dataset-migration:simulate',
    description:
      "Writes and verifies the changes of a dataset migration's targets. Nothing outside of the runs' workspaces changes.",
    examples: simulateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        migrationId: z => z.string().min(1).describe('The migration'),
        targetIds: z =>
          z
            .array(z.string().min(1))
            .min(1)
            .max(1000)
            .describe('Only these targets; all that wait when absent')
            .optional(),
        wait: z =>
          z
            .boolean()
            .describe(
              'Ends when every change is ready for review; holds a place of the scaffolder meanwhile',
            )
            .optional(),
        timeoutMinutes: z =>
          z
            .number()
            .positive()
            .max(1440)
            .describe('How long to wait; 60 by default')
            .optional(),
      },
      output: {
        affectedTargets: z => z.number().describe('Targets that were started'),
        message: z => z.string().describe('What goes on, for people'),
        state: z => z.string().describe('State of the migration'),
        counts: z =>
          z
            .array(
              z.object({
                state: z.string(),
                outcome: z.string().optional(),
                blocked: z.string().optional(),
                count: z.number(),
              }),
            )
            .describe('Targets by state, outcome and blocked'),
      },
    },
    async handler(ctx) {
      const acted = await actAndWait(api, ctx, 'simulate', ctx.input, {
        pollMs: dependencies.pollMs ?? POLL_MS,
      });
      ctx.output('affectedTargets', acted.affectedTargets);
      ctx.output('message', acted.message);
      ctx.output('state', acted.state);
      ctx.output('counts', acted.counts);
    },
  });
}
