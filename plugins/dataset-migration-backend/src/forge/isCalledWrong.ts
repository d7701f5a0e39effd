/** Labels that say so, in lower case. */
export const WRONG_LABELS = ['wrong', 'invalid', 'dataset-migration/wrong'];

const DECISIONS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

/** Whether reviews or comments of people call the change wrong; texts are anybody's. */
export function isCalledWrong(
  reviews: Array<{ state: string; user?: { login: string } | null }>,
  comments: Array<{ body?: string | null; user?: { type?: string } | null }>,
): boolean {
  const isSaid = comments.some(
    each => each.user?.type !== 'Bot' && /^\s*\/wrong\b/.test(each.body ?? ''),
  );
  // The last decision of each reviewer stands.
  const decisions = new Map(
    reviews
      .filter(each => DECISIONS.includes(each.state))
      .map(each => [each.user?.login, each.state]),
  );
  return isSaid || [...decisions.values()].includes('CHANGES_REQUESTED');
}
