import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { isTimezone } from './LocalClock';
import { nextOpening } from './nextOpening';
import { parseWindow } from './parseWindow';
import { PlanWindow } from '../plan/MigrationPlan';

/** The example of the plan's format. */
const office: PlanWindow = {
  days: 'mon-fri',
  from: '09:00',
  to: '16:00',
  timezone: 'owner',
};
const ask = (
  window: PlanWindow | PlanWindow[],
  now: string,
  ownerTimezone?: string,
) => {
  const { open, at, until } = nextOpening({
    windows: [window].flat(),
    now: Date.parse(now),
    ownerTimezone,
  });
  const closes = until === undefined ? 'never' : new Date(until).toISOString();
  return `${open ? 'open' : new Date(at).toISOString()} to ${closes}`;
};

describe('nextOpening', () => {
  it.each([
    [
      '2027-01-04T08:30:00Z',
      'Europe/Stockholm',
      'open to 2027-01-04T15:00:00.000Z',
    ],
    [
      '2027-01-04T07:59:59Z',
      'Europe/Stockholm',
      '2027-01-04T08:00:00.000Z to 2027-01-04T15:00:00.000Z',
    ],
    [
      '2027-01-04T08:00:00Z',
      'Europe/Stockholm',
      'open to 2027-01-04T15:00:00.000Z',
    ],
    [
      '2027-01-08T15:00:00Z',
      'Europe/Stockholm',
      '2027-01-11T08:00:00.000Z to 2027-01-11T15:00:00.000Z',
    ],
    [
      '2027-01-08T15:00:00Z',
      'America/New_York',
      'open to 2027-01-08T21:00:00.000Z',
    ],
    [
      '2027-01-03T20:00:00Z',
      'Pacific/Auckland',
      'open to 2027-01-04T03:00:00.000Z',
    ],
    [
      '2027-01-04T08:30:00Z',
      'Asia/Kathmandu',
      'open to 2027-01-04T10:15:00.000Z',
    ],
    [
      '2027-01-04T08:30:00Z',
      undefined,
      '2027-01-04T09:00:00.000Z to 2027-01-04T16:00:00.000Z',
    ],
  ])(
    'of mon-fri 09:00 to 16:00 at %s for an owner in %s',
    (now, zone, expected) => {
      expect(ask(office, now, zone)).toBe(expected);
    },
  );

  it('says where the zone of the owner is not known', () => {
    const options = { windows: [office], now: 0 };
    expect(nextOpening(options).ownerTimezoneUnknown).toBe(true);
    expect(
      nextOpening({ ...options, ownerTimezone: 'UTC' }).ownerTimezoneUnknown,
    ).toBe(false);
  });

  it('opens at the same wall clock time before and after a change of the clock', () => {
    const zone = 'Europe/Stockholm';
    expect(ask(office, '2027-03-26T16:00:00Z', zone)).toBe(
      '2027-03-29T07:00:00.000Z to 2027-03-29T14:00:00.000Z',
    );
    expect(ask(office, '2027-10-29T16:00:00Z', zone)).toBe(
      '2027-11-01T08:00:00.000Z to 2027-11-01T15:00:00.000Z',
    );
  });

  it.each([
    ['02:30', '03:30', '2027-03-28T01:00:00.000Z to 2027-03-28T01:30:00.000Z'],
    ['01:30', '02:30', '2027-03-28T00:30:00.000Z to 2027-03-28T01:00:00.000Z'],
    ['00:00', '24:00', 'open to 2027-03-28T22:00:00.000Z'],
    ['02:10', '02:50', '2027-04-04T00:10:00.000Z to 2027-04-04T00:50:00.000Z'],
  ])(
    'of sun %s to %s, when 02:00 to 03:00 is skipped',
    (from, to, expected) => {
      const window = { days: 'sun', from, to, timezone: 'Europe/Stockholm' };
      expect(ask(window, '2027-03-27T23:00:00Z')).toBe(expected);
    },
  );

  it.each([
    ['02:30', '03:30', '2027-10-31T00:30:00.000Z to 2027-10-31T02:30:00.000Z'],
    ['01:30', '02:30', '2027-10-30T23:30:00.000Z to 2027-10-31T00:30:00.000Z'],
    ['00:00', '24:00', 'open to 2027-10-31T23:00:00.000Z'],
  ])(
    'of sun %s to %s, when 02:00 to 03:00 occurs twice',
    (from, to, expected) => {
      const window = { days: 'sun', from, to, timezone: 'Europe/Stockholm' };
      expect(ask(window, '2027-10-30T22:00:00Z')).toBe(expected);
    },
  );

  it('reaches over midnight, and belongs to the day it opened', () => {
    const night = { days: 'fri', from: '22:00', to: '04:00' };
    expect(ask(night, '2027-01-09T03:00:00Z')).toBe(
      'open to 2027-01-09T04:00:00.000Z',
    );
    expect(ask(night, '2027-01-08T03:00:00Z')).toBe(
      '2027-01-08T22:00:00.000Z to 2027-01-09T04:00:00.000Z',
    );
  });

  it('takes windows that touch for one, and the first of several', () => {
    const early = { days: 'mon', from: '06:00', to: '09:00' };
    const late = { days: 'mon', from: '09:00', to: '12:00' };
    const apart = { days: 'mon', from: '13:00', to: '14:00' };
    expect(ask([apart, late, early], '2027-01-04T07:00:00Z')).toBe(
      'open to 2027-01-04T12:00:00.000Z',
    );
    expect(ask([apart, early], '2027-01-04T10:00:00Z')).toBe(
      '2027-01-04T13:00:00.000Z to 2027-01-04T14:00:00.000Z',
    );
  });

  it('never closes without windows, or where they leave no gap', () => {
    expect(ask([], '2027-01-04T07:00:00Z')).toBe('open to never');
    expect(ask({ from: '00:00', to: '24:00' }, '2027-01-04T07:00:00Z')).toBe(
      'open to never',
    );
    expect(
      ask(
        { from: '07:00', to: '07:00', timezone: 'America/New_York' },
        '2027-03-13T07:00:00Z',
      ),
    ).toBe('open to never');
  });

  it('refuses what is no window', () => {
    for (const window of [
      { ...office, timezone: 'Mars/Olympus' },
      { ...office, from: '9' },
    ]) {
      expect(() => nextOpening({ windows: [window], now: 0 })).toThrow(
        InputError,
      );
    }
    expect(isTimezone('Europe/Berlin')).toBe(true);
    expect(isTimezone('')).toBe(false);
  });

  it('is open when it said it would open, shut before and when it said it would close', () => {
    const time = fc
      .nat(1439)
      .map(
        minutes =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(
            minutes % 60,
          ).padStart(2, '0')}`,
      );
    const window = fc.record({
      days: fc.constantFrom('mon-fri', 'sat-mon', 'tue', 'sun', 'mon,thu'),
      from: time,
      to: time,
      timezone: fc.constantFrom(
        'UTC',
        'Europe/Stockholm',
        'America/New_York',
        'Australia/Lord_Howe',
        'America/Sao_Paulo',
        'Pacific/Apia',
      ),
    });
    const start = Date.UTC(2027, 0, 1) / 1000;
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: start, max: start + 366 * 86_400 }),
        (windows, seconds) => {
          const now = seconds * 1000;
          const opening = nextOpening({ windows, now });
          const openAt = (at: number) => nextOpening({ windows, now: at }).open;
          expect(opening.at).toBeGreaterThanOrEqual(now);
          expect(openAt(opening.at)).toBe(true);
          expect(openAt(opening.open ? now : opening.at - 1)).toBe(
            opening.open,
          );
          const { until } = opening;
          expect(until).toBeDefined();
          expect(openAt((until ?? 0) - 1)).toBe(true);
          expect(openAt(until ?? 0)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('parseWindow', () => {
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['sat-mon', [0, 1, 6]],
    ['Mon, wed-thu', [1, 3, 4]],
    ['sun', [0]],
    [undefined, [0, 1, 2, 3, 4, 5, 6]],
  ])('reads the days %p', (days, expected) => {
    const parsed = parseWindow({ days, from: '09:00', to: '16:00' });
    expect(parsed).toMatchObject({ from: 540, to: 960 });
    expect([...(typeof parsed === 'string' ? [] : parsed.days)].sort()).toEqual(
      expected,
    );
  });

  it.each([
    [{ days: 'mon-', from: '09:00', to: '16:00' }, 'Days'],
    [{ days: 'mon-tue-wed', from: '09:00', to: '16:00' }, 'Days'],
    [{ days: 'weekdays', from: '09:00', to: '16:00' }, 'Days'],
    [{ days: '', from: '09:00', to: '16:00' }, 'Days'],
    [{ from: '24:00', to: '16:00' }, 'opens'],
    [{ from: '9:00', to: '16:00' }, 'opens'],
    [{ from: '09:00', to: '25:00' }, 'closes'],
  ])('says what is wrong with %j', (window, words) => {
    expect(parseWindow(window)).toContain(words);
  });
});
