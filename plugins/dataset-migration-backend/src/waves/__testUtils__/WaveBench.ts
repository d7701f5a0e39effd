import { Entity } from '@backstage/catalog-model';
import { TargetEvent } from 'backstage-plugin-dataset-migration-common';
import { Knex } from 'knex';
import { createStores } from '../../database/createStores';
import { TargetRecord } from '../../database/records';
import { Stores } from '../../database/stores';
import { aJob } from '../../testing/aJob';
import { PAGE_VIEWS_PLAN } from '../../testing/pageViews';
import { aMigration, aPlan, aTarget } from '../../testing/records';
import { rolloutParts } from './rolloutParts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const ID = 'migration-1';

/** A Wednesday, 10:00 in UTC. */
export const START = Date.UTC(2026, 10, 4, 10);

/** A migration in the middle of its rollout, on a database, with a clock to move. */
export class WaveBench {
  readonly signal = new AbortController().signal;
  now = START;
  readonly stores: Stores;
  parts: ReturnType<typeof rolloutParts>;

  private constructor(knex: Knex, private readonly owners: Entity[]) {
    this.stores = createStores(knex, () => this.now);
    this.parts = this.replica();
  }

  /** @param rollout - the key of the plan, in YAML */
  static async create(
    knex: Knex,
    options: {
      rollout: string;
      targets: Array<Partial<TargetRecord>>;
      owners?: Entity[];
    },
  ): Promise<WaveBench> {
    const bench = new WaveBench(knex, options.owners ?? []);
    await bench.stores.migrations.create(
      aMigration(),
      aPlan({
        text: `${PAGE_VIEWS_PLAN}  rollout: ${options.rollout}\n`,
        mapping: aJob().mapping,
      }),
    );
    await bench.stores.targets.insertDiscovered(
      options.targets.map((each, index) =>
        aTarget({ id: `t${index + 1}`, state: 'approved', ...each }),
      ),
    );
    return bench;
  }

  /** Another process on the same database; what it had in memory is its own. */
  replica() {
    return rolloutParts(this.stores, {
      now: () => this.now,
      owners: this.owners,
    });
  }

  /** Lets the clock go on, then everything that happens by itself. */
  async after(ms: number): Promise<void> {
    this.now += ms;
    await this.parts.slice.run(this.signal);
  }

  migration() {
    return this.stores.migrations.get(ID);
  }

  /** What pressing "Publish" does first: the first wave opens. */
  async start(): Promise<void> {
    // Reading puts the targets into their waves.
    await this.rollout();
    await this.stores.rollouts.openWave(ID, 1, {
      actor: 'user:default/ada',
      message: 'Wave 1 opens.',
    });
    await this.after(0);
  }

  async rollout() {
    return this.parts.rollouts.read(await this.migration());
  }

  async apply(
    ids: string[],
    event: TargetEvent,
    details: Partial<TargetRecord> = {},
  ): Promise<void> {
    for (const id of ids) {
      const target = await this.stores.targets.get(id);
      await this.parts.targets.apply(target, event, {
        ...details,
        ...(details.facts && { facts: { ...target.facts, ...details.facts } }),
      });
    }
  }

  /** Their pull requests are opened, as the publishing run does. */
  async open(...ids: string[]): Promise<void> {
    for (const id of ids) {
      await this.apply([id], 'opened', {
        pullRequest: {
          number: Number(id.slice(1)),
          url: `https://forge.example/pull/${id}`,
          state: 'open',
          headCommit: 'a'.repeat(40),
        },
      });
    }
  }

  async merge(...ids: string[]): Promise<void> {
    await this.apply(ids, 'merged');
  }

  /** `t1:open t2:approved/wave`, in the order of their ids. */
  async states(): Promise<string> {
    const { items } = await this.stores.targets.list({}, {});
    return items
      .map(
        each =>
          `${each.id}:${each.outcome ?? each.state}${
            each.blocked ? `/${each.blocked}` : ''
          }`,
      )
      .join(' ');
  }

  async activity(): Promise<string[]> {
    const { items } = await this.stores.activity.list({ migrationId: ID }, {});
    return items
      .filter(each => each.targetId === undefined)
      .map(each => `${each.kind}: ${each.message}`)
      .reverse();
  }
}
