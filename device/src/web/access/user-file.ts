import { chown, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import { parseJson } from '@inkcast/shared/plain-data';
import { z } from 'zod';
import { hashPassword, isPassword, passwordHashSchema } from './passwords.js';
import { type Principal, ROLES, type Role } from './role.js';
import { isToken, newToken, tokenHash } from './tokens.js';

/** A user's name: it is shown and logged. */
export const userNameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}._@-]{1,64}$/u, 'a name of 1 to 64 letters, digits, dots, dashes, underscores and @');

const userSchema = z.strictObject({
  name: userNameSchema,
  role: z.enum(ROLES),
  password: passwordHashSchema,
  tokens: z.array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), created: z.iso.datetime() })),
});

const fileSchema = z.strictObject({ version: z.literal(1), users: z.array(userSchema) });

export type User = z.infer<typeof userSchema>;

/** Only its owner may read it: it holds what passwords could be tried against. */
const MODE = 0o600;

/** The users of one device, in a file that commands write and that the daemon looks at again when it has changed. */
export class UserFile {
  readonly path: string;
  #known: { readonly stamp: string; readonly users: readonly User[] } | undefined;

  /** @param folder what the device keeps its state in */
  constructor(folder: string) {
    this.path = join(folder, 'users.json');
  }

  /** @throws InkError INK_USERS_INVALID */
  async users(): Promise<readonly User[]> {
    try {
      const found = await stat(this.path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw error;
      });
      const stamp = found === undefined ? 'none' : `${found.ino} ${found.mtimeMs} ${found.size}`;
      if (this.#known?.stamp !== stamp) {
        const users = found === undefined ? [] : fileSchema.parse(parseJson(await readFile(this.path, 'utf8'))).users;
        this.#known = { stamp, users };
      }
      return this.#known.users;
    } catch (cause) {
      const reason = cause instanceof z.ZodError ? cause.issues[0].message : reasonOf(cause);
      throw new InkError('INK_USERS_INVALID', `${this.path} cannot be used: ${reason}.`, { cause });
    }
  }

  /** @throws InkError INK_USER_EXISTS, INK_USERS_INVALID, INK_FILE_UNWRITABLE */
  async add(name: string, role: Role, password: string): Promise<void> {
    const users = await this.users();
    if (users.some((user) => user.name === name)) {
      throw new InkError('INK_USER_EXISTS', `There is a user ${name} already.`);
    }
    await this.#write([...users, { name, role, password: await hashPassword(password), tokens: [] }]);
  }

  /** The user's tokens and sessions go too. @throws InkError as `add`, and INK_USER_UNKNOWN */
  async remove(name: string): Promise<void> {
    await this.#find(name);
    await this.#write((await this.users()).filter((user) => user.name !== name));
  }

  /** Ends the user's sessions. @throws InkError as `remove` */
  async setPassword(name: string, password: string): Promise<void> {
    const hash = await hashPassword(password);
    await this.#change(name, (user) => ({ ...user, password: hash }));
  }

  /** @returns a further token, which is not kept as it is @throws InkError as `remove` */
  async addToken(name: string): Promise<string> {
    const token = newToken();
    const created = new Date().toISOString();
    await this.#change(name, (user) => ({
      ...user,
      tokens: [...user.tokens, { sha256: tokenHash(token), created }],
    }));
    return token;
  }

  /** @throws InkError as `remove` */
  async revokeTokens(name: string): Promise<void> {
    await this.#change(name, (user) => ({ ...user, tokens: [] }));
  }

  /** The user of that name and password; undefined where there is none. @throws InkError INK_USERS_INVALID */
  async byPassword(name: string, password: string): Promise<User | undefined> {
    const user = (await this.users()).find((one) => one.name === name);
    return (await isPassword(password, user?.password)) ? user : undefined;
  }

  /** Whose token it is; undefined where it is nobody's. @throws InkError INK_USERS_INVALID */
  async byToken(token: string): Promise<Principal | undefined> {
    let found: User | undefined;
    for (const user of await this.users()) {
      for (const { sha256 } of user.tokens) if (isToken(token, sha256)) found = user;
    }
    return found === undefined ? undefined : { user: found.name, role: found.role, by: 'token' };
  }

  async #find(name: string): Promise<User> {
    const user = (await this.users()).find((one) => one.name === name);
    if (user === undefined) throw new InkError('INK_USER_UNKNOWN', `There is no user ${name}.`);
    return user;
  }

  async #change(name: string, change: (user: User) => User): Promise<void> {
    const found = await this.#find(name);
    await this.#write((await this.users()).map((user) => (user === found ? change(user) : user)));
  }

  async #write(users: readonly User[]): Promise<void> {
    await replaceFile(this.path, `${JSON.stringify({ version: 1, users }, undefined, 2)}\n`, MODE);
    // Root adds users for the daemon, which runs as the owner of the folder.
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(dirname(this.path));
    await chown(this.path, uid, gid);
  }
}
