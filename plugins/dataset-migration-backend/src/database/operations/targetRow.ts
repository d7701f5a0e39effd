import { createHash } from 'crypto';
import { targetCodec } from '../codecs';
import { repositoryKey } from '../../domain/repositoryKey';
import { TargetRecord } from '../records';

type TargetRow = Record<string, unknown>;

/** Columns kept beside the record's own, so that rows can be found and ordered. */
export function derivedColumns(target: TargetRecord): TargetRow {
  return {
    identity: createHash('sha256')
      .update(
        JSON.stringify([
          target.consumer ?? '',
          repositoryKey(target.repository ?? ''),
          [...target.paths].sort(),
        ]),
      )
      .digest('hex'),
    sort_key: (
      target.consumer ?? `${target.repository ?? ''} ${target.paths.join(' ')}`
    ).toLocaleLowerCase('en-US'),
    pull_request_number: target.pullRequest?.number ?? null,
    revert_number: target.revert?.number ?? null,
  };
}

export function toTargetRow(target: TargetRecord): TargetRow {
  return { ...targetCodec.toRow(target), ...derivedColumns(target) };
}
