import { basename, extname, join } from 'node:path';
import {
  boxesInFrame,
  type ExpectationSetting,
  expectationOf,
  expectationSchema,
  inFrameCoordinates,
  type ReadDigit,
} from '@inkcast/reader/reading';
import { areDigits, SPOTTER_SIZES, type SpotterSize } from '@inkcast/shared/bundle';
import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import type { CommandModule } from 'yargs';
import { annotatePicture } from '../../annotation/index.js';
import { decodePicture } from '../../camera/index.js';
import { configSchema } from '../../config/index.js';
import { digitsNeeded, openReadingEngine, type ReadingEngine, regionSettingsOf } from '../../daemon/index.js';
import { explainPicture, FrameRecorder, pageNames, writeExplanation } from '../../explanation/index.js';
import { modelStoreIn, openCheckedBundle, referenceOf } from '../../inference/index.js';
import type { RegionSettings } from '../../regions/index.js';
import { type CropSource, cropsOf, keepCrops, type NewCrop, teachesOthers, unsureLooks } from '../../teaching/index.js';
import { configOf } from '../config-options.js';
import { pictureFiles, refuseFolder } from '../picture-files.js';
import { failureReport, originalBox, type PictureReport, pictureReport } from '../picture-report.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface ReadArguments extends StateArguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly annotate: string | undefined;
  readonly explain: string | undefined;
  readonly model: string | undefined;
  readonly spotter: SpotterSize | undefined;
  readonly config: string | undefined;
  readonly expect: readonly string[] | undefined;
  readonly keep: boolean;
}

/** The parts of a region that reading pictures needs. */
type ReadRegion = Pick<RegionSettings, 'name' | 'area' | 'expect'>;

/** The files that are written for a picture beside its report. */
interface Written {
  /** Path of its copy with boxes. */
  readonly annotated: string | undefined;
  /** Path of the explanation of a region, without the endings of page and JSON. */
  readonly explained: (region: string | undefined) => string | undefined;
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
        describe: 'JPEG, PNG, WebP, AVIF or TIFF pictures, or folders of them',
      })
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'Print one JSON object per line: for each picture, or for each of its named regions',
      })
      .option('annotate', { type: 'string', describe: 'Write a copy of each picture with its boxes to this folder' })
      .option('explain', {
        type: 'string',
        requiresArg: true,
        describe: 'Write an explanation of each reading to this folder, as a page and as JSON',
      })
      .option('model', { type: 'string', describe: 'Folder of a model bundle, instead of the one in use' })
      .option('spotter', {
        choices: SPOTTER_SIZES,
        describe: 'Network that searches the picture for digits; default: reading.model, or standard',
      })
      .option('config', {
        type: 'string',
        describe: 'YAML file with vision and reading sections',
      })
      .option('expect', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Expected form, such as dd:dd, where d is a digit; once for each row',
      })
      .option('keep', {
        type: 'boolean',
        default: false,
        describe:
          'Put what is read with doubt into the queue of crops, to be labelled on the page; all ink if the page has classes that the model does not know',
      })
      .example('$0 read note.jpg', 'The digits in a picture')
      .example('$0 read photos', 'Each picture of a folder')
      .example('$0 read --json photos/*.jpg > readings.jsonl', 'Boxes and confidences of many pictures')
      .example('$0 read --config inkcast.yaml note.jpg', 'Read what the daemon would: its region, page or regions')
      .example('$0 read --expect ddd.dd meter.jpg', 'The likeliest five digits in one row')
      .example('$0 read --annotate boxes note.jpg', 'Write boxes/note.jpg with what was read')
      .example('$0 read --explain why note.jpg', 'Write why/note.jpg.html: all that was seen, and what became of it'),
  handler: async ({ files: named, json, annotate, explain, model, spotter, config, expect, keep, state }) => {
    const files = await pictureFiles(named);
    const written = whatIsWritten(files, annotate, explain);
    const { regions: configured = WHOLE, queue, ...options } = await optionsOf(config, terminal);
    const setting = expect === undefined ? undefined : patternsOf(expect);
    const regions = configured.map((region) => ({ ...region, expect: setting ?? region.expect }));
    const bundle = await (model === undefined ? modelStoreIn(state).inUse() : openCheckedBundle(model));
    const { labels } = bundle.manifest;
    if (regions.some((region) => region.expect !== undefined) && !areDigits(labels)) {
      throw digitsNeeded('An expected form', { reference: referenceOf(bundle), labels });
    }
    const nothing = areDigits(labels) ? 'no digits' : 'nothing';
    const ofAnyInk = keep && (await teachesOthers(state, labels));
    const engine = await openReadingEngine(bundle, {
      ...options,
      ...(spotter === undefined ? {} : { spotter }),
      onNote: (note) => terminal.note(note),
    });
    try {
      for (const file of files) {
        try {
          await refuseFolder(file);
          const { reports, unsure } = await readPicture(file, engine, regions, {
            ...{ ...written(file), keep, ofAnyInk },
          });
          for (const report of reports) terminal.print(json ? JSON.stringify(report) : describe(report, nothing));
          if (keep) terminal.note(kept(file, await keepCrops(state, unsure, queue)));
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

const WHOLE: readonly ReadRegion[] = [{ name: undefined, area: {}, expect: undefined }];

/** What is read how, as far as a configuration says; the bounds of the queue are their defaults where there is none. */
async function optionsOf(file: string | undefined, terminal: Terminal) {
  if (file === undefined) return { queue: configSchema.shape.teaching.parse(undefined).queue };
  const config = await configOf({ config: file, set: [] }, (warning) => terminal.note(warning));
  const regions: readonly ReadRegion[] = regionSettingsOf(config);
  return { vision: config.vision.build, spotter: config.reading.model, regions, queue: config.teaching.queue };
}

/** @throws InkError INK_USAGE if two copies would have the same name */
function whatIsWritten(
  files: readonly string[],
  annotate: string | undefined,
  explain: string | undefined,
): (file: string) => Written {
  const copies = annotate === undefined ? new Map<string, string>() : annotatedNames(files, annotate);
  const pageOf = pageNames(files);
  return (file) => ({
    annotated: copies.get(file),
    explained: (region) =>
      explain === undefined ? undefined : join(explain, `${pageOf(file)}${region === undefined ? '' : `-${region}`}`),
  });
}

/** @throws InkError INK_USAGE */
function patternsOf(patterns: readonly string[]): ExpectationSetting {
  const parsed = expectationSchema.safeParse(patterns);
  if (parsed.success) return parsed.data;
  const shown = patterns.map((pattern) => `"${pattern}"`).join(', ');
  throw new InkError(
    'INK_USAGE',
    `${shown} given with --expect must be patterns with d for each digit and signs between them, such as dd:dd.`,
  );
}

async function readPicture(
  file: string,
  engine: ReadingEngine,
  regions: readonly ReadRegion[],
  { annotated, explained, keep, ofAnyInk }: Written & { readonly keep: boolean; readonly ofAnyInk: boolean },
): Promise<{ readonly reports: readonly PictureReport[]; readonly unsure: readonly NewCrop[] }> {
  const begun = performance.now();
  const picture = await decodePicture(file);
  const decodeMs = performance.now() - begun;
  const reports: PictureReport[] = [];
  const digits: ReadDigit[] = [];
  const unsure: NewCrop[] = [];
  for (const { name, area, expect } of regions) {
    const view = engine.look(picture, area);
    const page = explained(name);
    const observer = page === undefined ? undefined : new FrameRecorder();
    const expectation = expect === undefined ? undefined : expectationOf(expect);
    const read = inFrameCoordinates(view, engine.reader.read(view.frame, { expectation, observer }));
    digits.push(...read.reading.digits);
    if (keep) {
      const source: CropSource = {
        takenAt: new Date(),
        origin: 'read',
        reason: 'unsure',
        region: name,
        model: engine.model,
        labels: engine.classifier.labels,
      };
      const looks = ofAnyInk ? boxesInFrame(view.toFrame, engine.ink.look(view.frame)) : unsureLooks(read.looks);
      unsure.push(...(await cropsOf(looks, picture, source)));
    }
    if (page !== undefined && observer !== undefined) {
      const explanation = await explainPicture({
        file,
        original: picture.original,
        reduced: picture,
        view: view.frame,
        model: engine.model,
        labels: engine.classifier.labels,
        reading: read.reading,
        recorded: observer,
        place: (box) => originalBox(picture, view.toFrame(box)),
      });
      await writeExplanation(page, explanation);
    }
    reports.push(pictureReport(file, { picture, region: name, decodeMs }, read));
  }
  if (annotated !== undefined) await replaceFile(annotated, await annotatePicture(file, picture, { digits }));
  return { reports, unsure };
}

const kept = (file: string, count: number): string =>
  `${file}: ${count === 1 ? '1 crop' : `${count} crops`} kept for a label`;

/** The path of each picture's JPEG copy. @throws InkError INK_USAGE if two would have the same one */
function annotatedNames(files: readonly string[], folder: string): ReadonlyMap<string, string> {
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
    names.set(file, join(folder, name));
  }
  return names;
}

function describe({ file, region, rows }: PictureReport, nothing: string): string {
  const where = region === undefined ? file : `${file}, ${region}`;
  return `${where}: ${rows.length === 0 ? nothing : rows.join(' / ')}`;
}
