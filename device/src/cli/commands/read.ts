import { basename, extname, join } from 'node:path';
import { SPOTTER_SIZES } from '@inkcast/shared/bundle';
import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { annotatePicture } from '../../annotation/index.js';
import { decodePicture } from '../../camera/index.js';
import { openReadingEngine, type ReadingEngine, viewAreaOf } from '../../daemon/index.js';
import { modelStoreIn, openCheckedBundle, type SpotterChoice } from '../../inference/index.js';
import { seenThrough } from '../../reading/index.js';
import { configOf } from '../config-options.js';
import { failureReport, type PictureReport, pictureReport } from '../picture-report.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface ReadArguments extends StateArguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly annotate: string | undefined;
  readonly model: string | undefined;
  readonly spotter: SpotterChoice | undefined;
  readonly config: string | undefined;
}

/** `inkcast read`: reads still pictures, one after the other. */
export const readCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, ReadArguments> => ({
  command: 'read <files..>',
  describe: 'Read the digits in still pictures',
  builder: (yargs) =>
    withStateOption(yargs)
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'JPEG, PNG or WebP pictures',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object a picture and line' })
      .option('annotate', { type: 'string', describe: 'Write each picture with its boxes into this folder' })
      .option('model', { type: 'string', describe: 'Folder of a model bundle, instead of the one in use' })
      .option('spotter', {
        choices: [...SPOTTER_SIZES, 'none'] as const,
        describe: 'Size of the network that looks for digits in the whole picture; default: reading.model, or standard',
      })
      .option('config', {
        type: 'string',
        describe: 'YAML file whose vision section says what part is read, and reading.model by which network',
      })
      .example('$0 read note.jpg', 'The digits in a picture')
      .example('$0 read --json photos/*.jpg > readings.jsonl', 'Boxes and confidences of many pictures')
      .example('$0 read --config inkcast.yaml note.jpg', 'Read what the daemon would: its region, or page')
      .example('$0 read --annotate boxes note.jpg', 'Write boxes/note.jpg with what was read'),
  handler: async ({ files, json, annotate, model, spotter, config, state }) => {
    const names = annotate === undefined ? undefined : annotatedNames(files);
    const bundle = await (model === undefined ? modelStoreIn(state).inUse() : openCheckedBundle(model));
    const engine = await openReadingEngine(bundle, {
      ...(config === undefined ? {} : await optionsOf(config)),
      ...(spotter === undefined ? {} : { spotter }),
      onNote: (note) => terminal.note(note),
    });
    try {
      for (const file of files) {
        try {
          const report = await readPicture(file, engine, annotate, names?.get(file));
          terminal.print(json ? JSON.stringify(report) : describe(report));
        } catch (error) {
          const coded = asInkError(error);
          exit.code = coded.exitCode;
          if (json) terminal.print(JSON.stringify(failureReport(file, coded)));
          terminal.note(String(coded));
        }
      }
    } finally {
      engine.close();
    }
  },
});

async function optionsOf(file: string) {
  const { vision, reading } = await configOf({ config: file, set: [] });
  return { vision: vision.build, area: viewAreaOf(vision), spotter: reading.model };
}

async function readPicture(
  file: string,
  engine: ReadingEngine,
  folder: string | undefined,
  name: string | undefined,
): Promise<PictureReport> {
  const begun = performance.now();
  const picture = await decodePicture(file);
  const decodeMs = performance.now() - begun;
  const view = engine.look(picture);
  const read = seenThrough(view, engine.reader.read(view.frame));
  if (folder !== undefined && name !== undefined) {
    await replaceFile(join(folder, name), await annotatePicture(file, picture, read.reading));
  }
  return pictureReport(file, picture, read, decodeMs);
}

/** A name for each picture's copy, which is a JPEG. @throws InkError INK_USAGE where two would take the same one */
function annotatedNames(files: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const file of files) {
    const name = `${basename(file, extname(file))}.jpg`;
    const other = taken.get(name);
    if (other !== undefined && other !== file) {
      throw new InkError('INK_USAGE', `${other} and ${file} would both be written as ${name}.`, {
        remedy: 'Annotate them into different folders.',
      });
    }
    taken.set(name, file);
    names.set(file, name);
  }
  return names;
}

function describe({ file, rows }: PictureReport): string {
  return `${file}: ${rows.length === 0 ? 'no digits' : rows.join(' / ')}`;
}
