import { InkError } from '@inkcast/shared/errors';
import type { FastifyRequest } from 'fastify';
import { clientAddress } from './hosts.js';
import type { LoginLimit } from './login-limit.js';
import type { User, UserFile } from './user-file.js';

/** Longer ones are not tried: scrypt reads all of a password. */
export const MAX_PASSWORD_LENGTH = 1024;

/**
 * Logs in whoever makes the request, in a new session: whatever id the browser had before is worth nothing.
 *
 * @throws InkError INK_WEB_LOGIN_WRONG, INK_WEB_LOGIN_LIMIT, INK_USERS_INVALID
 */
export async function logIn(
  request: FastifyRequest,
  name: string,
  password: string,
  { users, limit }: { readonly users: UserFile; readonly limit: LoginLimit },
): Promise<User> {
  const user = await limit.attempt(
    clientAddress(request.socket.remoteAddress, request.headers['x-forwarded-for']),
    () => users.byPassword(name, password),
  );
  if (user === undefined) throw new InkError('INK_WEB_LOGIN_WRONG', 'User or password are wrong.');
  await request.session.regenerate();
  request.session.login = { user: user.name, salt: user.password.salt };
  return user;
}
