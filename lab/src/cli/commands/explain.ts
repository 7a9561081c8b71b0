import { runCommandLine } from '@inkcast/device/cli';
import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { bundleFolder } from '../../models/index.js';
import { type ReaderArguments, withReaderOptions } from '../reader-options.js';

interface ExplainArguments extends ReaderArguments {
  readonly files: readonly string[];
  readonly out: string;
}

/** `npm run lab -- explain`: explains readings as `inkcast read --explain` does, with the bundle that the lab measures. */
export const explainCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, ExplainArguments> => ({
  command: 'explain <files..>',
  describe: 'Explain the readings of pictures, like inkcast read --explain',
  builder: (yargs) =>
    withReaderOptions(yargs)
      .positional('files', { type: 'string', array: true, demandOption: true, describe: 'JPEG, PNG or WebP pictures' })
      .option('out', { type: 'string', default: 'runs/explained', describe: 'Output folder' })
      .example('$0 explain assets/scenes/photos/01-note.jpg', 'An HTML page and a JSON file in runs/explained')
      .example('$0 explain --out why --model runs/bundle photos/*.jpg', 'With another model'),
  handler: async ({ files, out, model, spotter }) => {
    const choice = [`--model=${bundleFolder(model)}`, ...(spotter === undefined ? [] : ['--spotter', spotter])];
    exit.code = await runCommandLine(['read', `--explain=${out}`, ...choice, '--', ...files], terminal);
  },
});
