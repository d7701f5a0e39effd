import { readFile } from 'fs/promises';
import { InputError } from '@backstage/errors';

/** A JSON file. @throws InputError where it is none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(`The job file cannot be read: ${error}`);
  }
}
