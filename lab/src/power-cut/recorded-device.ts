// Stores all that a device stores, in the folder that it is given, and says what is on the disk.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { modelStoreIn, referenceOf } from '@inkcast/device/inference';
import { EventStore, PictureStore } from '@inkcast/device/storage';
import { Teaching } from '@inkcast/device/teaching';
import { InkError } from '@inkcast/shared/errors';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { sampleEvent } from '../broker/index.js';
import { inRepository } from '../repository/index.js';
import { lineOf, type Statement } from './promise.js';
import { samplePicture } from './sample-picture.js';

/** Enough for the log of the database to be written into the database, and to begin anew. */
const ROUNDS = 9;
const EVENTS_A_ROUND = 8;
const TEXT_LENGTH = 2000;
const SENT_A_ROUND = 5;
/** A device that was restarted goes on with what it finds. */
const RESTARTS_AFTER = [3, 7];
const BUNDLE = 'models/lenet';

const [folder] = process.argv.slice(2);
const fail = (error: Error): never => {
  throw error;
};
// Before it returns, so that nothing is written after a promise that was made before it.
const say = (statement: Statement): void => {
  writeSync(1, lineOf(statement));
};

const models = modelStoreIn(folder);
const shipped = await models.inUse();
let value = 0;

/** One life of a device. */
async function live(rounds: readonly number[]): Promise<void> {
  const store = new EventStore({
    folder,
    queue: { maxBytes: 100_000_000, maxAgeDays: 10_000 },
    history: { maxAgeDays: 10_000, maxRows: 100_000 },
    report: fail,
    timing: { flushSpacingMs: 1, acknowledgeDelayMs: 1 },
  });
  const pictures = new PictureStore({
    folder: join(folder, 'pictures'),
    enabled: true,
    bounds: { maxCount: 20, maxAgeDays: 10_000, maxMegabytes: 100 },
    known: (ids) => store.known(ids),
    report: fail,
  });
  const teaching = new Teaching({
    folder,
    settings: () => ({
      enabled: true,
      queue: { maxCount: 1000, maxAgeDays: 10_000, maxMegabytes: 100 },
      niceness: 0,
      share: false,
    }),
    models: {
      inUse: () => ({ reference: referenceOf(shipped), labels: shipped.manifest.labels }),
      references: async () => [referenceOf(shipped)],
      folderOf: async () => shipped.folder,
      install: (path) => models.install(path),
      use: async (reference) => void (await models.use(reference)),
      classify: async () => [],
    },
    run: async () => fail(new InkError('INK_LEARNING_UNAVAILABLE', 'Nothing is learned here.')),
    read: async () => [],
    inView: async () => [],
    report: fail,
  });
  await store.start();
  await pictures.start();
  await teaching.start();
  for (const round of rounds) {
    const events = Array.from({ length: EVENTS_A_ROUND }, () => sampleEvent('7'.repeat(TEXT_LENGTH)));
    await Promise.all(
      events.map(async (event) => {
        await store.put(event);
        say({ what: 'stored', event: event.id });
      }),
    );
    for (const { event, sequence } of store.oldest(SENT_A_ROUND)) {
      say({ what: 'sending', event: event.id });
      store.acknowledge(sequence);
    }
    await store.keepAccepted({ digits: String(++value), capturedAt: new Date() });
    say({ what: 'accepted', value });
    await pictures.keep(events[0].id, samplePicture());
    await label(teaching, round);
    if (round % 4 === 1) await swapModel();
  }
  await teaching.stop();
  await pictures.stop();
  await store.stop();
}

async function label(teaching: Teaching, round: number): Promise<void> {
  // What looks like an earlier crop is not kept, so each is a line elsewhere.
  const isInk = (at: number): boolean => Math.floor(at / (2 * DIGIT_SIDE)) === round;
  const pixels = Uint8Array.from({ length: DIGIT_SIDE ** 2 }, (_, at) => (isInk(at) ? 255 : 0));
  const guesses = [{ label: '7', probability: 0.5 }];
  const crop = { takenAt: new Date(), origin: 'camera', reason: 'unsure', pixels, guesses } as const;
  const more = { around: undefined, surroundings: samplePicture(), region: undefined, model: referenceOf(shipped) };
  await teaching.add([{ ...crop, ...more }]);
  const [{ id }] = await teaching.waiting(1);
  const name = String(round % 10);
  await teaching.label([id], name, undefined);
  say({ what: 'labelled', crop: id, label: name });
}

/** Installs a bundle, also over itself, and uses it. */
async function swapModel(): Promise<void> {
  const reference = await models.install(inRepository(BUNDLE));
  const model = await models.use(reference);
  say({ what: 'using', model });
}

const rounds = Array.from({ length: ROUNDS }, (_, index) => index);
const ends = [...RESTARTS_AFTER, ROUNDS];
for (const [life, end] of ends.entries()) await live(rounds.slice(ends[life - 1] ?? 0, end));
