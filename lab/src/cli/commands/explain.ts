import { runCommandLine } from '@inkcast/device/cli';
import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { bundleFolder } from '../../models/index.js';
import { type ReaderArguments, withReaderOptions } from '../reader-options.js';

interface ExplainArguments extends ReaderArguments {
  readonly files: readonly string[];
  readonly out: string;
}

/** `npm run lab -- explain`: the reader's own explanation, of the bundle that the lab measures. */
export const explainCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, ExplainArguments> => ({
  command: 'explain <files..>',
  describe: 'Write why pictures are read as they are, as inkcast read --explain does',
  builder: (yargs) =>
    withReaderOptions(yargs)
      .positional('files', { type: 'string', array: true, demandOption: true, describe: 'JPEG, PNG or WebP pictures' })
      .option('out', { type: 'string', default: 'runs/explained', describe: 'Folder to write into' })
      .example('$0 explain assets/scenes/photos/01-note.jpg', 'A page and JSON in runs/explained')
      .example('$0 explain --out why --model runs/bundle photos/*.jpg', 'Of another model'),
  handler: async ({ files, out, model, spotter }) => {
    const choice = [`--model=${bundleFolder(model)}`, ...(spotter === undefined ? [] : ['--spotter', spotter])];
    exit.code = await runCommandLine(['read', `--explain=${out}`, ...choice, '--', ...files], terminal);
  },
});
