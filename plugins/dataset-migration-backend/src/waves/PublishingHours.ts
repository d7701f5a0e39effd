import {
  nextOpening,
  Opening,
  RolloutRules,
} from 'backstage-plugin-dataset-migration-common';
import { OwnerTimezones } from './OwnerTimezones';

/** When the pull requests of an owner may be opened. */
export class PublishingHours {
  readonly #timezones: Pick<OwnerTimezones, 'of'>;
  readonly #now: () => number;

  constructor(options: {
    timezones: Pick<OwnerTimezones, 'of'>;
    now?: () => number;
  }) {
    this.#timezones = options.timezones;
    this.#now = options.now ?? Date.now;
  }

  /** Few time zones, many targets: each zone is looked at once. */
  async of(
    { windows }: Pick<RolloutRules, 'windows'>,
    owners: Array<string | undefined>,
  ): Promise<(owner: string | undefined) => Opening> {
    const now = this.#now();
    const timezoneOf = windows.some(each => each.timezone === 'owner')
      ? await this.#timezones.of(owners)
      : () => 'UTC';
    const openings = new Map<string, Opening>();
    return owner => {
      const ownerTimezone = timezoneOf(owner);
      const opening =
        openings.get(ownerTimezone) ??
        nextOpening({ windows, ownerTimezone, now });
      openings.set(ownerTimezone, opening);
      return opening;
    };
  }
}
