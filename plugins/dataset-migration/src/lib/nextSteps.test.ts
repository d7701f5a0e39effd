import { Api } from 'backstage-plugin-dataset-migration-common';
import { exampleMigration } from '../__testUtils__/examples';
import { PermissionRefusals } from '../hooks/usePermissionRefusals';
import { ChosenStep, chooseStep } from './nextSteps';

const EVERYTHING: PermissionRefusals = { loading: false };
const NOTHING: PermissionRefusals = {
  loading: false,
  simulate: 'no simulate',
  publish: 'no publish',
};

function active(...counts: Api.TargetCount[]): Api.Migration {
  return exampleMigration({ progress: { total: 9, phase: '', counts } });
}

const PENDING = { state: 'pending', count: 4 };
const REVIEW = { state: 'simulated', blocked: 'review', count: 2 };
const QUESTION = { state: 'simulated', blocked: 'question', count: 1 };
const APPROVED = { state: 'approved', count: 3 };

function words({ primary, refusal, others }: ChosenStep) {
  const word = (step: typeof primary) =>
    step?.kind === 'review' ? step.label : step?.action.label;
  return [word(primary), refusal, ...others.map(word)];
}

describe('chooseStep', () => {
  it.each([
    ['all are open', [PENDING, REVIEW, QUESTION, APPROVED], 'Simulate 4'],
    ['all are simulated', [REVIEW, QUESTION, APPROVED], 'Review 2'],
    ['only questions wait', [QUESTION, APPROVED], 'Answer 1 question'],
    ['nothing waits for review', [APPROVED], 'Publish wave 1'],
    ['nothing waits', [{ state: 'open', count: 5 }], undefined],
  ])('takes them in order: %s', (_, counts, label) => {
    expect(words(chooseStep(active(...counts), EVERYTHING, undefined))[0]).toBe(
      label,
    );
  });

  it('publishes nothing by hand once a wave is open', () => {
    const migration = { ...active(APPROVED), openWave: 1 };
    expect(words(chooseStep(migration, EVERYTHING, undefined))[0]).toBe(
      undefined,
    );
  });

  it('passes over what this person may not do', () => {
    const migration = active(PENDING, REVIEW, APPROVED);
    // An owner, who decides only.
    expect(words(chooseStep(migration, NOTHING, undefined))).toEqual([
      'Review 2',
      undefined,
      'Simulate 4',
      'Publish wave 1',
    ]);
    // An engineer, who may not decide on other people's consumers.
    expect(
      words(chooseStep(active(REVIEW, APPROVED), EVERYTHING, 'not yours')),
    ).toEqual(['Publish wave 1', undefined, 'Review 2']);
  });

  it('lets people look where nothing is theirs to do', () => {
    expect(
      words(chooseStep(active(PENDING, REVIEW), NOTHING, 'not yours')),
    ).toEqual(['Review 2', 'not yours', 'Simulate 4']);
    expect(words(chooseStep(active(APPROVED), NOTHING, undefined))).toEqual([
      'Publish wave 1',
      'no publish',
    ]);
  });

  it('goes on after a pause, and finds consumers only with a plan that holds', () => {
    expect(
      words(
        chooseStep(
          exampleMigration({ state: 'paused' }),
          EVERYTHING,
          undefined,
        ),
      ),
    ).toEqual(['Resume', undefined]);
    expect(
      words(
        chooseStep(
          exampleMigration({ state: 'draft', planErrors: 2 }),
          EVERYTHING,
          undefined,
        ),
      ),
    ).toEqual(['Find consumers', 'Correct the errors of the plan first.']);
    expect(
      words(
        chooseStep(exampleMigration({ state: 'ended' }), EVERYTHING, undefined),
      )[0],
    ).toBeUndefined();
  });
});
