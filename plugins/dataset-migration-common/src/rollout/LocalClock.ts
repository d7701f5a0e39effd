import { InputError } from '@backstage/errors';

const DAY = 86_400_000;
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** A calendar day; month counts from 1. */
export interface LocalDay {
  year: number;
  month: number;
  day: number;
}

/** Whether the time zone is one that this runtime knows. */
export function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Wall clock of one time zone, with the rules for summer time that `Intl` knows. */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat;

  /** @throws InputError where the time zone is unknown */
  constructor(timezone: string) {
    if (!isTimezone(timezone)) {
      throw new InputError(`There is no time zone ${timezone}.`);
    }
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The day that it is there at this time (epoch milliseconds). */
  dayAt(time: number): LocalDay {
    const [year, month, day] = this.#partsAt(time);
    return { year, month, day };
  }

  /**
   * When the wall clock shows so many minutes after midnight of that day; more
   * than 1440 is the next day. A time that occurs twice is the first of the two; one
   * that is skipped is the moment of the jump.
   */
  timeOf(day: LocalDay, minutes: number): number {
    const wall = Date.UTC(day.year, day.month - 1, day.day, 0, minutes);
    // Offsets are within 14 hours, so a day to each side is outside any change in between.
    const before = this.#offsetAt(wall - DAY);
    const after = this.#offsetAt(wall + DAY);
    const found = [wall - before, wall - after]
      .sort((a, b) => a - b)
      .find(time => time + this.#offsetAt(time) === wall);
    return found ?? this.#jumpBetween(wall - after, wall - before);
  }

  /** The first moment after `low` with another offset than at `low`, to the second. */
  #jumpBetween(low: number, high: number): number {
    const offset = this.#offsetAt(low);
    let [same, other] = [low / 1000, high / 1000];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.#offsetAt(middle * 1000) === offset) {
        same = middle;
      } else {
        other = middle;
      }
    }
    return other * 1000;
  }

  /** Milliseconds that the wall clock is ahead of UTC. */
  #offsetAt(time: number): number {
    const [year, month, day, hour, minute, second] = this.#partsAt(time);
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(time / 1000) * 1000;
  }

  #partsAt(time: number): number[] {
    const parts = this.#format.formatToParts(time);
    return PARTS.map(type =>
      Number(parts.find(part => part.type === type)?.value),
    );
  }
}
