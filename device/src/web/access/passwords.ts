import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Costs of scrypt (RFC 7914): 32 MiB and about 0.2 s on a Raspberry Pi's processor. */
const COSTS = { N: 2 ** 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** scrypt needs 128 N r bytes, and a little more. */
const MEMORY_BYTES = 64 * 1024 * 1024;

const hexSchema = z.string().regex(/^([0-9a-f]{2})+$/);

/** A password as it is kept: what it was made with, so that later versions can raise the costs. */
export const passwordHashSchema = z.strictObject({
  N: z.int().min(2).max(COSTS.N),
  r: z.int().min(1).max(COSTS.r),
  p: z.int().min(1).max(16),
  salt: hexSchema,
  hash: hexSchema,
});

export type PasswordHash = z.infer<typeof passwordHashSchema>;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COSTS);
  return { ...COSTS, salt: salt.toString('hex'), hash: hash.toString('hex') };
}

/** Whether the password is the one kept. It takes as long where there is none, so that nobody learns which users exist. */
export async function isPassword(password: string, kept: PasswordHash | undefined): Promise<boolean> {
  const { salt, hash, N, r, p } = kept ?? { ...COSTS, salt: '00'.repeat(SALT_BYTES), hash: '00'.repeat(HASH_BYTES) };
  const found = await derive(password, Buffer.from(salt, 'hex'), { N, r, p });
  const expected = Buffer.from(hash, 'hex');
  return expected.length === found.length && timingSafeEqual(found, expected) && kept !== undefined;
}

function derive(password: string, salt: Buffer, costs: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same word may be typed as one character or as several.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...costs, maxmem: MEMORY_BYTES }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
