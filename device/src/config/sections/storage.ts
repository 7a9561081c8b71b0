import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { pathSchema } from '../path-schema.js';

/** systemd's StateDirectory=, else the user's state folder (XDG base directory specification). */
function stateFolder(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'inkcast');
}

export const storageSchema = z.strictObject({
  folder: pathSchema().default(stateFolder).meta({
    description: 'Folder for what must outlive a restart',
    defaultText: "systemd's StateDirectory, else ~/.local/state/inkcast",
  }),
});
