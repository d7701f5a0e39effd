import { createHash, randomBytes } from 'crypto';

/** A secret for one attempt: only its hash is stored. */
export interface RunCredential {
  secret: string;
  hash: string;
}

/** 32 random bytes; nothing in it can be guessed from run or token. */
export function createRunCredential(): RunCredential {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashRunCredential(secret) };
}

export function hashRunCredential(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
