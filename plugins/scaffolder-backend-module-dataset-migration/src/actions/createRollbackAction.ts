import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ActionDependencies, MigrationApi } from '../api/MigrationApi';
import { actAndWait } from './actAndWait';
import { rollbackExamples } from './examples';
import { POLL_MS } from './pollMs';

/** Takes a whole migration back. */
export function createRollbackAction(dependencies: ActionDependencies) {
  const api = new MigrationApi(dependencies);
  return createTemplateAction({
    id: 'dataset-migration:rollback',
    description:
      'Takes a dataset migration back: closes unmerged pull requests, deletes their branches, and proposes the reverse of what is merged.',
    examples: rollbackExamples,
    supportsDryRun: true,
    schema: {
      input: {
        migrationId: z => z.string().min(1).describe('The migration'),
        reason: z =>
          z
            .string()
            .min(1)
            .max(2000)
            .describe('Why, kept in the activity of the migration'),
        wait: z =>
          z
            .boolean()
            .describe(
              'Ends when all is closed, reversed or proposed to be; holds a place of the scaffolder meanwhile',
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
        affectedTargets: z =>
          z.number().describe('Targets that are taken back'),
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
      const acted = await actAndWait(api, ctx, 'roll-back', ctx.input, {
        pollMs: dependencies.pollMs ?? POLL_MS,
      });
      ctx.output('affectedTargets', acted.affectedTargets);
      ctx.output('message', acted.message);
      ctx.output('state', acted.state);
      ctx.output('counts', acted.counts);
    },
  });
}
