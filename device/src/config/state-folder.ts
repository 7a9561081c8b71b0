import { homedir } from 'node:os';
import { join } from 'node:path';

/** systemd's StateDirectory=, else the user's state folder (XDG base directory specification). */
export function stateFolder(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'inkcast');
}
