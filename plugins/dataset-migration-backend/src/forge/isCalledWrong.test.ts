import { isCalledWrong } from './isCalledWrong';

const review = (state: string, login = 'ana') => ({ state, user: { login } });
const comment = (body: string, type = 'User') => ({ body, user: { type } });

describe('isCalledWrong', () => {
  it.each([
    [[], [], false],
    [[review('CHANGES_REQUESTED')], [], true],
    [[review('CHANGES_REQUESTED'), review('APPROVED')], [], false],
    [[review('CHANGES_REQUESTED'), review('COMMENTED')], [], true],
    [[review('CHANGES_REQUESTED'), review('APPROVED', 'bo')], [], true],
    [[], [comment('/wrong the join is gone')], true],
    [[], [comment('What is wrong with main?')], false],
    [[], [comment('/wrongly closed')], false],
    [[], [comment('/wrong', 'Bot')], false],
  ])('of %j and %j: %s', (reviews, comments, wrong) => {
    expect(isCalledWrong(reviews, comments)).toBe(wrong);
  });
});
