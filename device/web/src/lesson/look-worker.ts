import { engineCode, openEngine } from '@inkcast/reader/engine';
import { type Look as NetworkLook, openFrameReader } from '@inkcast/reader/reading';
import { openKernelVision, visionCode } from '@inkcast/reader/vision';
import { type Bundle, readBundle } from '@inkcast/shared/bundle/content';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { frameOf, load } from '../sketch/index.js';
import { loadWholeBundle } from './load-bundle.js';
import type { BundleFiles, Look, LookAnswer, LookQuestion, Seen } from './messages.js';

// The worker that reads what is to be taught, with the shipped model and with the taught one.

/** A crop's likeliest classes that are shown. */
const MAX_GUESSES = 4;
/** More of one picture nobody labels. */
const MAX_SEEN = 40;

type Reader = Awaited<ReturnType<typeof openReaderOf>>;

let shipped: Promise<Reader> | undefined;
let taught: Reader | undefined;

async function openReaderOf(bundle: Bundle) {
  const [vision, engine] = await Promise.all([load(visionCode().href), load(engineCode().href)]);
  const opened = openFrameReader(await openKernelVision(vision), bundle, await openEngine(engine, 'xnnpack'));
  return { ...opened, labels: bundle.manifest.labels };
}

async function openTaught(files: BundleFiles): Promise<Reader> {
  const read = async (file: string): Promise<Uint8Array> => {
    const bytes = files.get(file);
    if (bytes === undefined) throw new InkError('INK_FILE_UNREADABLE', `The bundle has no ${file}.`);
    return bytes;
  };
  // It was made in this tab a moment ago.
  const bundle = await readBundle({ folder: 'taught', read, sha256: async () => undefined }, 'reading');
  return openReaderOf(bundle);
}

async function look(question: LookQuestion): Promise<LookAnswer> {
  const { id } = question;
  if (question.kind === 'use') {
    const before = taught;
    taught = await openTaught(question.files);
    before?.close();
    return { id, kind: 'used' };
  }
  shipped ??= loadWholeBundle(question.bundle).then(openReaderOf);
  const { reader, labels } = await shipped;
  const frame = await frameOf(question.picture);
  const { reading, looks } = reader.read(frame);
  const taughtRows = taught?.reader.read(frame).reading.rows;
  return { id, kind: 'read', look: { rows: reading.rows, taughtRows, seen: seenOf(looks, labels) } satisfies Look };
}

function seenOf(looks: readonly NetworkLook[], labels: readonly string[]): Seen[] {
  return looks
    .toSorted((one, other) => other.confidence - one.confidence)
    .slice(0, MAX_SEEN)
    .toSorted((one, other) => one.box.x - other.box.x)
    .map(({ crop, around, classification: { probabilities } }) => ({
      pixels: crop,
      around,
      guesses: labels
        .map((label, index) => ({ label, probability: Math.min(1, probabilities[index]) }))
        .toSorted((one, other) => other.probability - one.probability)
        .slice(0, MAX_GUESSES),
    }));
}

addEventListener('message', ({ data }: MessageEvent<LookQuestion>) => {
  void look(data)
    .catch((error: unknown): LookAnswer => {
      // The next picture tries again.
      shipped = undefined;
      return { id: data.id, kind: 'failed', message: asInkError(error).message };
    })
    .then((answer) => postMessage(answer));
});
