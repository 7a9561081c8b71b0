import { needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { openReader } from '../../models/index.js';
import { describeScore, describeStability, measureStability, scoreFolder } from '../../score/index.js';
import { type ReaderArguments, readerOf, withReaderOptions } from '../reader-options.js';

interface ScoreArguments extends ReaderArguments {
  readonly folder: string;
  readonly copies: boolean;
  readonly seed: number;
  readonly json: boolean;
}

/** Pictures between two lines of progress. */
const PROGRESS_EVERY = 10;

/** `npm run lab -- score`: measures accuracy and stability on labelled photographs. */
export const scoreCommand = (terminal: Terminal): CommandModule<object, ScoreArguments> => ({
  command: 'score <folder>',
  describe: 'Score the reader on a folder of labelled photographs',
  builder: (yargs) =>
    withReaderOptions(yargs)
      .positional('folder', {
        type: 'string',
        demandOption: true,
        describe: 'Folder with photos/labels.json and, for false digits, negatives/sources.json',
      })
      .option('copies', {
        type: 'boolean',
        default: false,
        describe: 'Also read twelve altered copies of each picture',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the perspective and the noise of the copies' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 score assets/scenes', 'F1, exact pictures and false digits for each writer')
      .example('$0 score my-photos --copies', 'Also the share of altered copies with the same reading')
      .example('$0 score my-photos --model runs/bundle --json', 'Another model, as JSON'),
  handler: async ({ folder, copies, seed, json, ...choice }) => {
    needsWhole('seed', seed, 0);
    const opened = await openReader(readerOf(choice, terminal));
    try {
      const score = await scoreFolder(folder, opened.reader);
      const progress = (pictures: number): void => {
        if (pictures % PROGRESS_EVERY === 0) terminal.note(`copies of ${pictures} pictures`);
      };
      const stability = copies ? await measureStability(folder, opened.reader, seed, progress) : undefined;
      if (json) {
        terminal.print(JSON.stringify({ model: opened.model, ...score, ...(stability && { stability }) }));
        return;
      }
      const lines = [...describeScore(score), ...(stability === undefined ? [] : describeStability(stability))];
      for (const line of [`${folder}, read by ${opened.model}:`, ...lines]) terminal.print(line);
    } finally {
      opened.close();
    }
  },
});
