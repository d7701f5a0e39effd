import { createHash } from 'node:crypto';
import {
  canonicalJson,
  DatasetMapping,
  FieldAnswer,
  planSlice,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';

/**
 * What an approval names: sha256, in hex, over the patch, the base blobs of the files it
 * touches, the slice of the plan that this target used, and the answers applied.
 */
export function changeDigest(
  result: Pick<RunResult, 'change' | 'uses'>,
  mapping: DatasetMapping,
  answers: FieldAnswer[],
): string {
  const blobs = (result.change?.files ?? []).map(file => ({
    path: file.path,
    baseBlob: file.baseBlob,
  }));
  return createHash('sha256')
    .update(result.change?.patch ?? '')
    .update('\0')
    .update(canonicalJson({ blobs, answers }))
    .update('\0')
    .update(planSlice(mapping, result.uses))
    .digest('hex');
}
