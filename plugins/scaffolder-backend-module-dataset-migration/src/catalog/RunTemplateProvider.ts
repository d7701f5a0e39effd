import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { readFile } from 'fs/promises';
import { parse } from 'yaml';

const TEMPLATE_FILE = 'templates/dataset-migration-run.yaml';
const LOCATION = `dataset-migration:${TEMPLATE_FILE}`;

/** Ships the template of runs into the catalog. */
export class RunTemplateProvider implements EntityProvider {
  getProviderName(): string {
    return 'dataset-migration-run-template';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const text = await readFile(
      resolvePackagePath(
        'backstage-plugin-scaffolder-backend-module-dataset-migration',
        TEMPLATE_FILE,
      ),
      'utf8',
    );
    const template: Entity = parse(text);
    await connection.applyMutation({
      type: 'full',
      entities: [
        {
          locationKey: this.getProviderName(),
          entity: {
            ...template,
            metadata: {
              ...template.metadata,
              annotations: {
                ...template.metadata.annotations,
                [ANNOTATION_LOCATION]: LOCATION,
                [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
              },
            },
          },
        },
      ],
    });
  }
}
