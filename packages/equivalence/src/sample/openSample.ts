import { SampleConnection } from 'backstage-plugin-dataset-migration-common';
import { FileSampleReader } from './FileSampleReader';
import { PostgresSampleReader } from './PostgresSampleReader';
import { SampleReader } from './SampleReader';

/**
 * Opens a sample for reading.
 *
 * @param timeoutMs - of one query.
 * @throws where it cannot be read
 */
export function openSample(
  connection: SampleConnection,
  timeoutMs: number,
): Promise<SampleReader> {
  return connection.kind === 'postgres'
    ? PostgresSampleReader.open(connection.url, timeoutMs)
    : FileSampleReader.open(connection);
}
