import { join } from 'node:path';
import { needsWhole, type Terminal } from '@inkcast/shared/cli';
import { replaceFile } from '@inkcast/shared/files';
import { readMnist } from '@inkcast/training/data';
import type { CommandModule } from 'yargs';
import { contactSheet, KINDS, type Kind, type PracticeFrame, practiceFrames } from '../../synthesis/index.js';

interface FramesArguments {
  readonly kind: Kind | undefined;
  readonly count: number;
  readonly seed: number;
  readonly out: string;
}

/** `npm run lab -- frames`: renders training frames as contact sheets. */
export const framesCommand = (terminal: Terminal): CommandModule<object, FramesArguments> => ({
  command: 'frames',
  describe: "Render the reader's training frames as contact sheets, one per kind",
  builder: (yargs) =>
    yargs
      .option('kind', { choices: KINDS, describe: 'Render only this kind; default: all kinds' })
      .option('count', { type: 'number', default: 12, describe: 'Number of frames per kind' })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the frames' })
      .option('out', { type: 'string', demandOption: true, describe: 'Output folder' })
      .example('$0 frames --kind form --out look', 'Twelve forms, in look/form.png'),
  handler: async ({ kind, count, seed, out }) => {
    needsWhole('count', count);
    needsWhole('seed', seed, 0);
    const { train } = await readMnist();
    for (const name of kind === undefined ? KINDS : [kind]) {
      const began = performance.now();
      const frames: PracticeFrame[] = [];
      for await (const frame of practiceFrames(train, { seed, first: 0, count, kinds: [name] })) frames.push(frame);
      const each = (performance.now() - began) / count;
      await replaceFile(join(out, `${name}.png`), await contactSheet(frames));
      terminal.print(`${join(out, `${name}.png`)}: ${count} frames, ${each.toFixed(0)} ms each`);
    }
  },
});
