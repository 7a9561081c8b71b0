import { areDigits } from '@inkcast/shared/bundle';
import { count, type ExitCode, percent, type Terminal, table } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { NONE } from '@inkcast/shared/teaching';
import type { Argv, CommandModule } from 'yargs';
import { openReadingEngine } from '../../daemon/index.js';
import { modelStoreIn, openCheckedBundle, referenceOf, type StoredModel } from '../../inference/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface ListArguments extends StateArguments {
  readonly json: boolean;
}

interface ModelArguments extends StateArguments {
  readonly model: string;
}

interface FolderArguments extends StateArguments {
  readonly folder: string;
}

interface FoldersArguments extends StateArguments {
  readonly folders: readonly string[];
}

/** `inkcast model`: the model bundles of this device. */
export const modelCommand = (terminal: Terminal, exit: ExitCode): CommandModule => ({
  command: 'model',
  describe: 'List, show, install, verify and choose model bundles',
  builder: (yargs) =>
    withStateOption(yargs)
      .command(listCommand(terminal, exit))
      .command(showCommand(terminal))
      .command(installCommand(terminal))
      .command(verifyCommand(terminal, exit))
      .command(useCommand(terminal))
      .demandCommand(1, 'Say what to do with models: list, show, install, verify or use.'),
  handler: () => {},
});

const listCommand = (terminal: Terminal, exit: ExitCode): CommandModule<StateArguments, ListArguments> => ({
  command: 'list',
  describe: 'List the shipped and the installed bundles',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 model list', 'What there is; an asterisk marks the one in use'),
  handler: async ({ state, json }) => {
    const models = await modelStoreIn(state).list();
    for (const { content } of models) {
      if (!(content instanceof InkError)) continue;
      exit.code = 1;
      terminal.note(String(content));
    }
    if (json) terminal.print(JSON.stringify(models.map(entryOf)));
    else terminal.print(table(['', 'model', 'reads', 'accuracy', 'bytes', 'spotters', 'origin'], models.map(rowOf)));
  },
});

const showCommand = (terminal: Terminal): CommandModule<StateArguments, ModelArguments> => ({
  command: 'show <model>',
  describe: "Print a bundle's manifest",
  builder: (yargs) => withModel(yargs).example('$0 model show digits', 'How the shipped model was made'),
  handler: async ({ state, model }) => {
    const { manifest } = await modelStoreIn(state).find(model);
    terminal.print(JSON.stringify(manifest, null, 2));
  },
});

const installCommand = (terminal: Terminal): CommandModule<StateArguments, FolderArguments> => ({
  command: 'install <folder>',
  describe: 'Check a bundle and copy it into the store',
  builder: (yargs) => withFolder(yargs).example('$0 model install digits-2', 'A bundle made by inkcast-train quantize'),
  handler: async ({ state, folder }) => {
    await tryOut(folder, terminal);
    terminal.print(`${await modelStoreIn(state).install(folder)} is installed.`);
  },
});

const verifyCommand = (terminal: Terminal, exit: ExitCode): CommandModule<StateArguments, FoldersArguments> => ({
  command: 'verify <folders..>',
  describe: 'Check bundles against their manifests, and open their models',
  builder: (yargs) =>
    yargs
      .positional('folders', { type: 'string', array: true, demandOption: true, describe: 'Folders of bundles' })
      .example('$0 model verify models/digits', 'Whether the shipped model is whole'),
  handler: async ({ folders }) => {
    for (const folder of folders) {
      try {
        terminal.print(`${folder}: ${await tryOut(folder, terminal)} is whole and runs.`);
      } catch (error) {
        const coded = asInkError(error);
        exit.code = coded.exitCode;
        terminal.note(String(coded));
      }
    }
  },
});

const useCommand = (terminal: Terminal): CommandModule<StateArguments, ModelArguments> => ({
  command: 'use <model>',
  describe: 'Choose the bundle to use from the next start on',
  builder: (yargs) => withModel(yargs).example('$0 model use digits@1.0.0', 'Back to the shipped model'),
  handler: async ({ state, model }) => {
    const store = modelStoreIn(state);
    await tryOut((await store.find(model)).folder, terminal);
    terminal.print(`${await store.use(model)} is used from the next start on.`);
  },
});

const withModel = <T>(yargs: Argv<T>) =>
  yargs.positional('model', {
    type: 'string',
    demandOption: true,
    describe: 'name@version, or only the name if there is one version',
  });

const withFolder = <T>(yargs: Argv<T>) =>
  yargs.positional('folder', { type: 'string', demandOption: true, describe: 'Folder of a bundle' });

/** Opens a bundle like the daemon, with each of its spotters, and classifies an empty crop. @returns its reference */
async function tryOut(folder: string, terminal: Terminal): Promise<string> {
  const bundle = await openCheckedBundle(folder);
  const sizes = bundle.spotters.map(({ description }) => description.size);
  for (const spotter of sizes.length === 0 ? (['standard'] as const) : sizes) {
    const engine = await openReadingEngine(bundle, { spotter, onNote: (note) => terminal.note(note) });
    try {
      engine.classifier.classify([new Uint8Array(DIGIT_SIDE * DIGIT_SIDE)]);
    } finally {
      engine.close();
    }
  }
  return referenceOf(bundle);
}

function entryOf({ reference, folder, origin, isInUse, content }: StoredModel): object {
  const base = { model: reference, folder, origin, inUse: isInUse };
  if (content instanceof InkError) return { ...base, error: { code: content.code, message: content.message } };
  const { architecture, labels, metrics } = content.manifest;
  const spotters = content.spotters.map(({ description, model }) => ({
    size: description.size,
    parameters: description.parameters,
    sizeBytes: model.length,
  }));
  const judgement = content.manifest.judgement !== undefined;
  return {
    ...base,
    labels,
    architecture,
    accuracy: metrics.int8.accuracy,
    sizeBytes: content.model.length,
    spotters,
    judgement,
  };
}

/** What a model tells apart, besides `none`. */
function readsOf(labels: readonly string[]): string {
  return areDigits(labels) ? 'digits' : labels.filter((label) => label !== NONE).join(' ');
}

function rowOf({ reference, origin, isInUse, content }: StoredModel): string[] {
  const figures =
    content instanceof InkError
      ? ['-', 'refused', '-', '-']
      : [
          readsOf(content.manifest.labels),
          percent(content.manifest.metrics.int8.accuracy),
          count(content.model.length),
          content.spotters.map(({ description, model }) => `${description.size} ${count(model.length)}`).join(', ') ||
            '-',
        ];
  return [isInUse ? '*' : '', reference, ...figures, origin];
}
