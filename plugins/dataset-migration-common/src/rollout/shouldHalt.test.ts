import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { errorRate, RatedTarget } from './errorRate';
import { readRolloutRules } from './RolloutRules';
import { classifyEvent, RolloutErrorKind, RolloutEvent } from './RolloutEvent';
import { describeHalt, shouldHalt } from './shouldHalt';

/** What a kind of event says beside target and time. */
type Said = RolloutEvent extends infer E
  ? E extends RolloutEvent
    ? Omit<E, 'target' | 'at'>
    : never
  : never;

const ERRORS: Said[] = [
  { kind: 'checks', result: 'failed', onBase: 'passed' },
  { kind: 'run', result: 'failed', before: 'succeeded' },
  { kind: 'closed', asWrong: true },
  { kind: 'publishing-failed' },
  { kind: 'rolled-back' },
];
const OTHERS: Said[] = [
  { kind: 'checks', result: 'passed', onBase: 'passed' },
  { kind: 'checks', result: 'failed', onBase: 'failed' },
  { kind: 'checks', result: 'failed', onBase: 'unknown' },
  { kind: 'run', result: 'succeeded', before: 'failed' },
  { kind: 'run', result: 'failed', before: 'failed' },
  { kind: 'run', result: 'failed', before: 'unknown' },
  { kind: 'merged' },
  { kind: 'closed', asWrong: false },
  { kind: 'simulation-failed' },
];
const happened = (target: string, said: Said, at = 0) =>
  ({ target, at, ...said } as RolloutEvent);
const published = (count: number): RatedTarget[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    state: 'open',
    published: true,
  }));

/** The example of the plan's format. */
const { halt } = readRolloutRules({ halt: { errorRate: '10%', atLeast: 5 } });

describe('classifyEvent', () => {
  it.each<[Said, RolloutErrorKind | 'fine' | undefined]>([
    [ERRORS[0], 'checks-failed'],
    [ERRORS[1], 'run-failed'],
    [ERRORS[2], 'closed-as-wrong'],
    [ERRORS[3], 'publishing-failed'],
    [ERRORS[4], 'rolled-back'],
    [OTHERS[0], 'fine'],
    [OTHERS[1], undefined],
    [OTHERS[2], undefined],
    [OTHERS[3], 'fine'],
    [OTHERS[4], undefined],
    [OTHERS[5], undefined],
    [OTHERS[6], 'fine'],
    [OTHERS[7], undefined],
    [OTHERS[8], undefined],
  ])('%j is %p', (said, expected) => {
    expect(classifyEvent(happened('t0', said))).toBe(expected);
  });
});

describe('errorRate', () => {
  const rateOf = (events: RolloutEvent[], rest: object = {}) =>
    errorRate({ targets: published(3), events, ...rest });

  it('is taken of published targets with a known result', () => {
    expect(
      rateOf([happened('t1', ERRORS[4]), happened('t0', OTHERS[6])]),
    ).toEqual({
      errors: 1,
      known: 2,
      size: 3,
      rate: 0.5,
      kinds: { 'rolled-back': 1 },
      failed: ['t1'],
    });
  });

  it('leaves out what ended before it was published, but for the publishing itself', () => {
    const ended = (id: string): RatedTarget => ({
      id,
      state: 'ended',
      published: false,
    });
    const rate = errorRate({
      targets: [...published(1), ended('a'), ended('b')],
      events: [
        happened('a', { kind: 'simulation-failed' }),
        happened('b', { kind: 'publishing-failed' }),
      ],
    });
    expect(rate).toMatchObject({ errors: 1, known: 1, size: 2 });
  });

  it('counts a target once, with each of its errors', () => {
    const rate = rateOf(ERRORS.map(said => happened('t0', said)));
    expect(rate).toMatchObject({ errors: 1, known: 1, rate: 1 });
    expect(Object.values(rate.kinds)).toEqual([1, 1, 1, 1, 1]);
  });

  it('takes the last checks, and keeps a failed run', () => {
    const events = [
      happened('t0', ERRORS[0], 1),
      happened('t0', OTHERS[0], 2),
      happened('t1', ERRORS[1], 1),
      happened('t1', OTHERS[3], 2),
    ];
    expect(rateOf(events).failed).toEqual(['t1']);
  });

  it('forgets earlier attempts, and errors that people decided about', () => {
    const events = [
      happened('t0', OTHERS[6], 1),
      happened('t0', ERRORS[4], 2),
      happened('t1', ERRORS[2], 2),
      happened('t2', OTHERS[6], 1),
    ];
    expect(rateOf(events)).toMatchObject({ errors: 2, known: 3 });
    expect(rateOf(events, { decidedAt: 2 })).toMatchObject({
      errors: 0,
      known: 1,
    });
    const again = published(3).map(each => ({ ...each, since: 3 }));
    expect(errorRate({ targets: again, events })).toMatchObject({
      errors: 0,
      known: 0,
      rate: 0,
    });
    const later = [...events, happened('t0', ERRORS[0], 4)];
    expect(rateOf(later, { decidedAt: 2 }).failed).toEqual(['t0']);
  });
});

describe('shouldHalt with errorRate: 10%, atLeast: 5', () => {
  const decide = (size: number, errors: number, fine: number) => {
    const events = [
      ...Array.from({ length: errors }, (_, n) =>
        happened(`t${n}`, ERRORS[n % 5]),
      ),
      ...Array.from({ length: fine }, (_, n) =>
        happened(`t${errors + n}`, OTHERS[6]),
      ),
    ];
    return shouldHalt(errorRate({ targets: published(size), events }), halt);
  };

  it.each([
    [100, 1, 3, 'too-few-results'],
    [100, 1, 4, 'over-threshold'],
    [100, 1, 9, 'under-threshold'],
    [100, 2, 9, 'over-threshold'],
    [100, 0, 100, 'under-threshold'],
    [100, 7, 63, 'under-threshold'],
    [3, 1, 1, 'too-few-results'],
    [3, 1, 2, 'over-threshold'],
    [0, 0, 0, 'too-few-results'],
  ])('of %d, %d errors and %d fine: %s', (size, errors, fine, why) => {
    const decision = decide(size, errors, fine);
    expect(decision.why).toBe(why);
    expect(decision.halt).toBe(why === 'over-threshold');
  });

  it('does not trip at the threshold itself for a hair of a binary fraction', () => {
    const rate = {
      ...decide(100, 0, 0),
      errors: 57,
      known: 100,
      size: 100,
      rate: 0.57,
    };
    const { why } = shouldHalt(rate, { errorRate: 0.57, atLeast: 1 });
    expect(why).toBe('under-threshold');
    const rule = { errorRate: 1.1 / 100, atLeast: 1 };
    const many = { ...rate, errors: 11, known: 1000, size: 1000 };
    expect(shouldHalt(many, rule).why).toBe('under-threshold');
    expect(shouldHalt({ ...many, errors: 12 }, rule).halt).toBe(true);
  });

  it('says the numbers', () => {
    expect(describeHalt(decide(100, 2, 9))).toBe(
      '2 of 11 results are errors (18.2%, halts over 10%): ' +
        '1 checks fail that passed on the base branch; ' +
        '1 a run failed that succeeded before',
    );
    expect(describeHalt(decide(3, 1, 1))).toBe(
      '2 of the 3 results that are needed, 1 of them errors',
    );
    const none = shouldHalt(errorRate({ targets: published(1), events: [] }));
    expect(none).toMatchObject({ halt: false, why: 'no-breaker' });
    expect(describeHalt(none)).toBe('the plan has no breaker');
  });

  it('is monotone in errors, and does not depend on the order of events', () => {
    const event = (said: Said[]) =>
      fc
        .tuple(fc.nat(14), fc.constantFrom(...said), fc.nat(5))
        .map(([n, each, at]) => happened(`t${n}`, each, at));
    fc.assert(
      fc.property(
        fc.array(event([...ERRORS, ...OTHERS]), { maxLength: 60 }),
        fc.array(event(ERRORS), { maxLength: 5 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 100 }),
        (events, more, size, atLeast, percentage) => {
          const rule = { errorRate: percentage / 100, atLeast };
          const targets = published(size);
          const before = errorRate({ targets, events });
          const after = errorRate({ targets, events: [...events, ...more] });
          expect(after.rate).toBeGreaterThanOrEqual(before.rate);
          expect(after.errors).toBeLessThanOrEqual(after.known);
          expect(after.known).toBeLessThanOrEqual(after.size);
          const [tripped, still] = [before, after].map(
            rate => shouldHalt(rate, rule).halt,
          );
          expect(still || !tripped).toBe(true);
          const backward = errorRate({
            targets: [...targets].reverse(),
            events: [...events].reverse(),
          });
          expect(backward).toEqual(before);
        },
      ),
    );
  });
});

describe('readRolloutRules', () => {
  it('reads the example of the plan format', () => {
    expect(
      readRolloutRules({
        proceed: { merged: '80%', after: 'P3D' },
        soak: 'PT4H',
        halt: { errorRate: '10%', atLeast: 5 },
        onHalt: 'rollback',
      }),
    ).toEqual({
      order: ['criticality', 'lineage'],
      waves: [],
      proceed: { merged: 0.8, after: 3 * 24 * 3_600_000 },
      soak: 4 * 3_600_000,
      halt: { errorRate: 0.1, atLeast: 5 },
      onHalt: 'rollback',
      windows: [],
    });
  });

  it.each([
    [{ proceed: { merged: '120%' } }],
    [{ proceed: { after: 'P1M' } }],
    [{ soak: '4h' }],
    [{ halt: { errorRate: 'many' } }],
  ])('refuses %j', rollout => {
    expect(() => readRolloutRules(rollout)).toThrow(InputError);
  });
});
