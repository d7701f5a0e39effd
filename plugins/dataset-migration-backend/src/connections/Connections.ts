import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  HostileInput,
  parseSampleConnection,
  RunJob,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';

/** Real data that the operator lets changes be compared on. */
export interface Connection {
  name: string;
  /** Entity references of datasets; one that ends with `*` stands for all that begin so. */
  datasets: string[];
  /** Whether evidence may hold rows of it, which everybody sees who sees the migration. */
  showRows: boolean;
  sample: SampleConnection;
}

/** The connections to real data that are configured, by dataset and by name. */
export class Connections {
  readonly #all: Connection[];

  constructor(all: Connection[]) {
    this.#all = all;
  }

  /**
   * Reads `datasetMigration.connections`.
   *
   * @throws InputError for what cannot be used, without its address.
   */
  static fromConfig(config: Config): Connections {
    const all =
      config.getOptionalConfigArray('datasetMigration.connections') ?? [];
    const read = all.map(readConnection);
    const names = read.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new InputError(
        `datasetMigration.connections names ${twice} more than once.`,
      );
    }
    return new Connections(read);
  }

  /** The first that the operator meant for a dataset. */
  forDataset(ref: string): Connection | undefined {
    const wanted = ref.toLocaleLowerCase('en-US');
    return this.#all.find(({ datasets }) =>
      datasets.some(each =>
        each.endsWith('*')
          ? wanted.startsWith(each.slice(0, -1))
          : wanted === each,
      ),
    );
  }

  /** What the fleet gives the runner of a job beside the job file. */
  secretFor(job: Pick<RunJob, 'connection'>): string | undefined {
    const found = this.#all.find(({ name }) => name === job.connection?.name);
    return found && JSON.stringify(found.sample);
  }
}

function readConnection(config: Config): Connection {
  const name = config.getString('name');
  return {
    name,
    datasets: config
      .getStringArray('datasets')
      .map(ref => ref.toLocaleLowerCase('en-US')),
    showRows: config.getOptionalBoolean('showRows') ?? false,
    sample: parseSampleConnection(
      new HostileInput(
        withoutUndefined({
          kind: config.getString('kind'),
          file: config.getOptionalString('file'),
          path: config.getOptionalString('path'),
          url: config.getOptionalString('url'),
        }),
        `datasetMigration.connections, ${name},`,
      ),
    ),
  };
}

function withoutUndefined(value: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  );
}
