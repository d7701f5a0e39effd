import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Runs once for each ref of a push. Only pushes over HTTP carry FORGE_PROTECTED, so that a seed
// can write the first history. A branch that does not exist yet may be created.
const UPDATE_HOOK = `#!/bin/sh
ref="$1"; old="$2"; new="$3"
zero=0000000000000000000000000000000000000000
case "$ref" in
  refs/pull/*)
    echo "error: GH: refusing to update hidden ref $ref" >&2
    exit 1 ;;
esac
for protected in $FORGE_PROTECTED; do
  [ "$ref" = "refs/heads/$protected" ] || continue
  [ "$old" = "$zero" ] && exit 0
  echo "error: GH006: Protected branch update failed for $ref." >&2
  if [ "$new" = "$zero" ]; then
    echo "error: Cannot delete this protected branch" >&2
  elif ! git merge-base --is-ancestor "$old" "$new"; then
    echo "error: Cannot force-push to this protected branch" >&2
  else
    echo "error: Changes must be made through a pull request." >&2
  fi
  exit 1
done
exit 0
`;

/** Writes the hook that guards protected branches and returns its directory, for `core.hooksPath`. */
export function installProtectionHook(rootDir: string): string {
  const directory = join(rootDir, 'hooks');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'update'), UPDATE_HOOK, { mode: 0o755 });
  return directory;
}
