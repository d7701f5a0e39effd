import fc from 'fast-check';
import { deriveWaveProgress } from './deriveWaveProgress';
import { describeSpan, describeWait } from './describeWait';
import { readRolloutRules } from './RolloutRules';
import { isWaveThrough, mayOpenNext } from './WaveProgress';
import { ConsumerHealth, WaveTarget } from './WaveTarget';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OPENED = Date.UTC(2027, 0, 4, 9);

/** The example of the plan's format. */
const { proceed, soak } = readRolloutRules({
  proceed: { merged: '80%', after: 'P3D' },
  soak: 'PT4H',
});

let counter = 0;
const target = (rest: Partial<WaveTarget>): WaveTarget => ({
  id: `t${(counter += 1)}`,
  state: 'open',
  published: true,
  ...rest,
});
const merged = (at: number, health?: ConsumerHealth) =>
  target({ state: 'merged', mergedAt: OPENED + at, health });
const open = () => target({});
const at = (
  after: number,
  targets: WaveTarget[],
  rest: Partial<Parameters<typeof deriveWaveProgress>[0]> = {},
) =>
  deriveWaveProgress({
    targets,
    openedAt: OPENED,
    proceed,
    soak,
    now: OPENED + after,
    ...rest,
  });

describe('deriveWaveProgress with merged: 80%, after: P3D, soak: PT4H', () => {
  const four = [merged(1 * HOUR), merged(3 * HOUR), merged(2 * HOUR)];

  it('waits for the share, or until the time has passed', () => {
    const progress = at(3 * HOUR, [...four, open(), open()]);
    expect(progress).toMatchObject({ counted: 5, merged: 3, needed: 4 });
    expect(isWaveThrough(progress)).toBe(false);
    expect(progress.waitsFor).toEqual({
      for: 'merges',
      missing: 1,
      until: OPENED + 3 * DAY,
    });
    expect(describeWait(progress.waitsFor, OPENED + 3 * HOUR)).toBe(
      'next waits for 1 merge, or 2 d 21 h',
    );
  });

  it('soaks from the merge that made the share, with stragglers open', () => {
    const straggler = open();
    const targets = [...four, merged(5 * HOUR), straggler];
    const progress = at(5 * HOUR + 48 * 60_000, targets);
    expect(progress.through).toEqual({ at: OPENED + 5 * HOUR, by: 'merged' });
    expect(progress.stragglers).toEqual([straggler.id]);
    expect(progress.health).toBe('unknown');
    expect(mayOpenNext(progress)).toBe(false);
    expect(
      describeWait(progress.waitsFor, OPENED + 5 * HOUR + 48 * 60_000),
    ).toBe('next opens in 3 h 12 m if healthy');
    expect(mayOpenNext(at(9 * HOUR, targets))).toBe(true);
  });

  it('does not soak again for the merge of a straggler', () => {
    const targets = [...four, merged(5 * HOUR), merged(8 * HOUR)];
    expect(at(8 * HOUR, targets).waitsFor).toEqual({
      for: 'soak',
      until: OPENED + 9 * HOUR,
    });
  });

  it('is through by time with one merge, and not without', () => {
    const one = [merged(1 * HOUR), open(), open()];
    expect(at(3 * DAY, one).through).toEqual({
      at: OPENED + 3 * DAY,
      by: 'time',
    });
    expect(at(4 * DAY, [open(), open()]).waitsFor).toEqual({
      for: 'merges',
      missing: 1,
    });
    const late = [merged(5 * DAY), open(), open()];
    expect(at(5 * DAY, late).through).toEqual({
      at: OPENED + 5 * DAY,
      by: 'time',
    });
  });

  it.each<[string, Partial<WaveTarget>, boolean]>([
    ['publishing', { state: 'publishing' }, false],
    ['approved', { state: 'approved', blocked: 'window' }, false],
    ['behind a producer', { state: 'approved', blocked: 'upstream' }, true],
    ['asked a question', { state: 'simulated', blocked: 'question' }, true],
  ])('by time, with another that is %s', (_, rest, through) => {
    const other = target({ published: false, ...rest });
    const progress = at(3 * DAY, [merged(HOUR), other, open()]);
    expect(isWaveThrough(progress)).toBe(through);
    expect(progress.waitsFor).toEqual(
      through
        ? { for: 'soak', until: OPENED + 3 * DAY + 4 * HOUR }
        : { for: 'publishing', targets: [other.id] },
    );
  });

  it('counts only what is or may be published', () => {
    const ended = (outcome: WaveTarget['outcome'], published: boolean) =>
      target({ state: 'ended', outcome, published });
    const progress = at(HOUR, [
      ended('not-affected', false),
      ended('skipped', false),
      ended('failed', false),
      ended('closed', true),
      target({ state: 'ended', outcome: 'migrated', mergedAt: OPENED }),
    ]);
    expect(progress).toMatchObject({ counted: 2, merged: 1, needed: 2 });
  });

  it('opens the next one at once when nothing is there to merge', () => {
    const skipped = target({
      state: 'ended',
      outcome: 'skipped',
      published: false,
    });
    for (const targets of [[], [skipped]]) {
      const progress = at(0, targets);
      expect(progress.through?.by).toBe('nothing-to-merge');
      expect(mayOpenNext(progress)).toBe(true);
    }
    expect(at(0, [], { openedAt: undefined }).waitsFor).toEqual({
      for: 'opening',
    });
  });

  it.each<[string, ConsumerHealth, object | undefined]>([
    ['unhealthy', { status: 'unhealthy' }, { for: 'health' }],
    [
      'unknown with failing checks',
      { status: 'unknown', baseChecks: 'failed' },
      { for: 'base-checks', pending: [] },
    ],
    [
      'unknown with running checks',
      { status: 'unknown', baseChecks: 'pending' },
      { for: 'base-checks', failed: [] },
    ],
    [
      'unknown with passing checks',
      { status: 'unknown', baseChecks: 'passed' },
      undefined,
    ],
    [
      'unknown without checks',
      { status: 'unknown', baseChecks: 'none' },
      undefined,
    ],
    [
      'healthy, whatever the checks',
      { status: 'healthy', baseChecks: 'failed' },
      undefined,
    ],
    [
      'healthy again for an hour',
      { status: 'healthy', recoveredAt: OPENED + 9 * HOUR },
      { for: 'soak', until: OPENED + 13 * HOUR },
    ],
  ])('after the soak, %s', (_, health, wait) => {
    const progress = at(10 * HOUR, [merged(HOUR, health)]);
    expect(wait ? { ...progress.waitsFor, ...wait } : wait).toEqual(
      progress.waitsFor,
    );
    expect(progress.health).toBe(health.status);
  });

  it('takes a merge of the forge that is ahead of our clock as one of now', () => {
    expect(at(HOUR, [merged(2 * HOUR)]).waitsFor).toEqual({
      for: 'soak',
      until: OPENED + 5 * HOUR,
    });
  });
});

describe('deriveWaveProgress without proceed and soak', () => {
  it('wants all merged, for as long as it takes', () => {
    const rules = readRolloutRules({});
    expect(at(100 * DAY, [merged(0), open()], rules).waitsFor).toEqual({
      for: 'merges',
      missing: 1,
    });
    expect(mayOpenNext(at(0, [merged(0), merged(0)], rules))).toBe(true);
  });
});

describe('deriveWaveProgress over time', () => {
  const targets = fc.array(
    fc.oneof(
      fc.nat(5 * DAY).map(after => merged(after)),
      fc.constantFrom('open', 'approved', 'simulated').map(state =>
        target({
          state: state as WaveTarget['state'],
          published: state === 'open',
        }),
      ),
    ),
    { maxLength: 12 },
  );
  /** As they were then: what merges later is open still. */
  const asOf = (all: WaveTarget[], now: number): WaveTarget[] =>
    all.map(each =>
      (each.mergedAt ?? 0) <= OPENED + now
        ? each
        : { ...each, state: 'open', mergedAt: undefined },
    );
  const seen = (all: WaveTarget[], now: number) => at(now, asOf(all, now));

  it('never takes back that the next one may open while nothing else changes', () => {
    fc.assert(
      fc.property(targets, fc.nat(8 * DAY), fc.nat(DAY), (all, now, more) => {
        const past = asOf(all, now);
        const [before, after] = [at(now, past), at(now + more, past)];
        expect(mayOpenNext(after) || !mayOpenNext(before)).toBe(true);
      }),
    );
  });

  it('opens at the very time it names, once it is through', () => {
    const published = fc
      .tuple(
        fc.array(fc.nat(5 * DAY), { minLength: 1, maxLength: 6 }),
        fc.nat(6),
      )
      .map(([merges, left]) => [
        ...merges.map(after => merged(after)),
        ...Array.from({ length: left }, open),
      ]);
    fc.assert(
      fc.property(published, fc.nat(4 * HOUR - 1), (all, later) => {
        const { through } = at(30 * DAY, all);
        const time = (through?.at ?? NaN) - OPENED;
        const until = time + 4 * HOUR;
        expect(isWaveThrough(seen(all, time - 1))).toBe(false);
        expect(seen(all, time + later).waitsFor).toEqual({
          for: 'soak',
          until: OPENED + until,
        });
        expect(mayOpenNext(seen(all, until))).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the targets', () => {
    fc.assert(
      fc.property(targets, fc.nat(8 * DAY), (all, now) => {
        const { through, health, needed } = seen(all, now);
        expect(seen([...all].reverse(), now)).toMatchObject({
          health,
          needed,
          ...(through ? { through } : {}),
        });
      }),
    );
  });
});

describe('describeSpan', () => {
  it.each([
    [0, '0 m'],
    [1, '1 m'],
    [59 * 60_000, '59 m'],
    [HOUR, '1 h'],
    [3 * HOUR + 11 * 60_000 + 1, '3 h 12 m'],
    [2 * DAY + 5 * 60_000, '2 d'],
    [-5, '0 m'],
  ])('%d ms is %p', (span, text) => {
    expect(describeSpan(span)).toBe(text);
  });
});
