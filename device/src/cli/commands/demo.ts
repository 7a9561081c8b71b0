import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ExitCode, INTERRUPTED, interruptible, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { runDemo } from '../../demo/index.js';
import { version } from '../version.js';

interface DemoArguments {
  readonly once: boolean;
  readonly scenes: string;
}

const SCENES = fileURLToPath(new URL('../../../../assets/scenes/photos', import.meta.url));

/** `inkcast demo`: runs everything on sample scenes, with its own broker. */
export const demoCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, DemoArguments> => ({
  command: 'demo',
  describe: 'Read the sample scenes and publish them to an embedded broker',
  builder: (yargs) =>
    yargs
      .option('once', { type: 'boolean', default: false, describe: 'End after one pass over the scenes' })
      .option('scenes', { type: 'string', default: SCENES, describe: 'Folder of pictures with a labels.json' })
      .example('$0 demo', 'Go on until Ctrl-C')
      .example('$0 demo --once', 'One pass, then say how many digits were read as written'),
  handler: async ({ once, scenes }) => {
    const state = await mkdtemp(join(tmpdir(), 'inkcast-demo-'));
    try {
      await interruptible(async (signal) => {
        await runDemo({ scenes, state, once, version: version() }, terminal, signal);
        if (once && signal.aborted) exit.code = INTERRUPTED;
      });
    } finally {
      await rm(state, { recursive: true, force: true });
    }
  },
});
