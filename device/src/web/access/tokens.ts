import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
/** Told from other secrets by it, also by programs that look for secrets in files. */
const PREFIX = 'inkcast_';

/** A secret for a program, which is shown once. */
export function newToken(): string {
  return PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of a token. It is too long to be guessed: a fast hash is enough, unlike with passwords. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a token has this hash. It takes as long for a wrong one as for the right one. */
export function isToken(token: string, hash: string): boolean {
  const [found, expected] = [tokenHash(token), hash].map((hex) => Buffer.from(hex, 'hex'));
  return found.length === expected.length && timingSafeEqual(found, expected);
}
