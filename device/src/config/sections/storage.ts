import { z } from 'zod';
import { pathSchema } from '../path-schema.js';
import { stateFolder } from '../state-folder.js';

export const storageSchema = z.strictObject({
  folder: pathSchema().default(stateFolder).meta({
    description: 'Folder for what must outlive a restart',
    defaultText: "systemd's StateDirectory, else ~/.local/state/inkcast",
  }),
});
