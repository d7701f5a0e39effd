import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ActionDependencies, MigrationApi } from '../api/MigrationApi';
import { discoverExamples } from './examples';

/** Most consumers that are put into the task's outputs. */
const MAX_LISTED = 1_000;

/** Says who reads a dataset. It only reads, so a dry run does the same. */
export function createDiscoverAction(dependencies: ActionDependencies) {
  const api = new MigrationApi(dependencies);
  return createTemplateAction({
    id: 'dataset-migration:discover',
    description:
      'Says how many consumers read a dataset, and lists those of its migration with where their code lives. Changes nothing.',
    examples: discoverExamples,
    supportsDryRun: true,
    schema: {
      input: {
        dataset: z =>
          z.string().min(1).describe('Entity reference of the dataset'),
      },
      output: {
        consumersKnown: z =>
          z.number().describe('Consumers that the catalog knows'),
        consumersTruncated: z =>
          z.boolean().describe('True where there are more than were counted'),
        migrationId: z =>
          z.string().describe("The dataset's migration, if any").optional(),
        consumers: z =>
          z
            .array(
              z.object({
                targetId: z.string(),
                consumer: z.string().optional(),
                owner: z.string().optional(),
                repository: z.string().optional(),
                paths: z.array(z.string()),
                state: z.string(),
                reason: z.string().optional(),
              }),
            )
            .describe("Targets of the dataset's migration, at most 1000"),
      },
    },
    async handler(ctx) {
      ctx.signal?.throwIfAborted();
      const overview = await api.client.getDatasetOverview(
        { query: { dataset: ctx.input.dataset } },
        await api.call(ctx),
      );
      ctx.logger.info(
        `${overview.consumersKnown}${
          overview.consumersTruncated ? ' or more' : ''
        } consumers of ${overview.dataset} are known`,
      );
      const targets: Api.Target[] = [];
      let cursor: string | undefined;
      do {
        if (!overview.migration) break;
        ctx.signal?.throwIfAborted();
        const page = await api.client.listTargets(
          {
            path: { migrationId: overview.migration.id },
            query: { limit: 500, cursor },
          },
          await api.call(ctx),
        );
        targets.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor && targets.length < MAX_LISTED);
      ctx.output('consumersKnown', overview.consumersKnown);
      ctx.output('consumersTruncated', overview.consumersTruncated);
      ctx.output('migrationId', overview.migration?.id);
      ctx.output(
        'consumers',
        targets.slice(0, MAX_LISTED).map(target => ({
          targetId: target.id,
          consumer: target.consumer,
          owner: target.owner,
          repository: target.repository,
          paths: target.paths,
          state: target.state,
          reason: target.reason,
        })),
      );
    },
  });
}
