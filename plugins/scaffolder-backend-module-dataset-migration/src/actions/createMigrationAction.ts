import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { ActionDependencies, MigrationApi } from '../api/MigrationApi';
import { actAndWait } from './actAndWait';
import { AwaitedAction } from './isSettled';
import { POLL_MS } from './pollMs';

/** Most targets in one step, and longest wait in minutes. */
const MAX_TARGETS = 1000;
const MAX_WAIT_MINUTES = 1440;

export interface MigrationActionOptions {
  id: string;
  description: string;
  examples: TemplateExample[];
  /** What the backend is asked to do. */
  action: AwaitedAction;
  /** What the step takes beside the migration, as it is described to its author. */
  takes: { targetIds: string } | { reason: string };
  /** When a step that waits ends. */
  endsWhen: string;
  /** What `affectedTargets` counts. */
  affectedTargets: string;
}

/** An action that moves the targets of a migration, and waits for them where asked to. */
export function createMigrationAction(
  dependencies: ActionDependencies,
  options: MigrationActionOptions,
) {
  const api = new MigrationApi(dependencies);
  const { action, takes, endsWhen, affectedTargets, ...described } = options;
  return createTemplateAction({
    ...described,
    supportsDryRun: true,
    schema: {
      // Both are functions, because Backstage drops an output of another form than the input.
      input: z => {
        const migration = z.object({
          migrationId: z.string().min(1).describe('The migration'),
        });
        const waiting = z.object({
          wait: z
            .boolean()
            .describe(
              `Ends when ${endsWhen}; holds a place of the scaffolder meanwhile`,
            )
            .optional(),
          timeoutMinutes: z
            .number()
            .positive()
            .max(MAX_WAIT_MINUTES)
            .describe('How long to wait; 60 by default')
            .optional(),
        });
        if ('reason' in takes) {
          const reason = z.string().min(1).max(2000).describe(takes.reason);
          return migration.extend({ reason }).merge(waiting);
        }
        const targetIds = z
          .array(z.string().min(1))
          .min(1)
          .max(MAX_TARGETS)
          .describe(takes.targetIds)
          .optional();
        return migration.extend({ targetIds }).merge(waiting);
      },
      output: z =>
        z.object({
          affectedTargets: z.number().describe(affectedTargets),
          message: z.string().describe('What goes on, for people'),
          state: z.string().describe('State of the migration'),
          counts: z
            .array(
              z.object({
                state: z.string(),
                outcome: z.string().optional(),
                blocked: z.string().optional(),
                count: z.number(),
              }),
            )
            .describe('Targets by state, outcome and blocked'),
        }),
    },
    async handler(ctx) {
      const acted = await actAndWait(api, ctx, action, ctx.input, {
        pollMs: dependencies.pollMs ?? POLL_MS,
      });
      ctx.output('affectedTargets', acted.affectedTargets);
      ctx.output('message', acted.message);
      ctx.output('state', acted.state);
      ctx.output('counts', acted.counts);
    },
  });
}
