import { VerifierContext } from '../Verifier';

const earlier = new WeakMap<
  VerifierContext['filesAfter'],
  VerifierContext['filesAfter']
>();

/** Every text file of the target as it was before the change. */
export function filesBefore({
  filesAfter,
  files: changed,
}: Pick<
  VerifierContext,
  'filesAfter' | 'files'
>): VerifierContext['filesAfter'] {
  const known = earlier.get(filesAfter);
  if (known) {
    return known;
  }
  const before = new Map(changed.map(each => [each.path, each.before]));
  const files = filesAfter.flatMap(({ path, content }) => {
    const old = before.has(path) ? before.get(path) : content;
    return old ? [{ path, content: old }] : [];
  });
  earlier.set(filesAfter, files);
  return files;
}
