/** What a user may do: a viewer looks, an admin changes things too. */
export const ROLES = ['viewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who makes a request. */
export interface Principal {
  /** Null for whoever sits at the device itself, and for whom a trusted proxy has logged in. */
  readonly user: string | null;
  readonly role: Role;
  readonly by: 'loopback' | 'proxy' | 'session' | 'token';
}

/** Whether a role is enough where another one is asked for. */
export function allows(role: Role, needed: Role): boolean {
  return role === 'admin' || needed === 'viewer';
}
