import { exampleRollout } from '../__testUtils__/rolloutExamples';
import { rolloutLine } from './rolloutText';

describe('rolloutLine', () => {
  it('says which wave, when the next opens and how much goes wrong', () => {
    expect(rolloutLine(exampleRollout())).toBe(
      'wave 2 of 3 · next opens in 3 h 12 m if healthy · error rate 1.4 % of 10 %',
    );
  });

  it('says who begins, where nobody has', () => {
    const example = exampleRollout();
    expect(
      rolloutLine({
        ...example,
        openWave: 0,
        proposed: true,
        next: {
          wave: 1,
          ready: false,
          waitsFor: 'start',
          message: 'opens when somebody publishes',
        },
      }),
    ).toBe('3 waves proposed · wave 1 opens when somebody publishes');
  });

  it('says no rate where nothing is known yet', () => {
    const example = exampleRollout();
    example.waves[1].errors.known = 0;
    expect(rolloutLine({ ...example, next: undefined })).toBe('wave 2 of 3');
  });
});
