import { ConflictError, isError } from '@backstage/errors';

/** Of SQLite and of PostgreSQL. */
const UNIQUE_VIOLATIONS = [
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  '23505',
];

/** @throws ConflictError where somebody else was first. */
export async function refuseDuplicate<T>(
  work: () => Promise<T>,
  message: string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isError(error) && UNIQUE_VIOLATIONS.includes(String(error.code))) {
      throw new ConflictError(message);
    }
    throw error;
  }
}
