import assert from 'node:assert/strict';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { handPage, LETTER_HAND } from '@inkcast/lab/synthesis';
import { type ReadingMessage, readingSchema } from '@inkcast/shared/messages';
import { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { inkcast } from '../device/support/command.js';
import { quickBundle } from '../learning/support/lesson.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';
import { TaughtDevice } from './support/taught-device.js';

const LETTERS = ['A', 'C', 'W', 'X'];
const EACH = 20;
const WORD = 'WAX';
/** Rows of a page with more characters than are labelled: those that look too alike are kept once. */
const PRACTICE = { rows: 5, columns: 6 };

/** Writes a page in the hand as a picture. @returns its path */
async function writePage(path: string, rows: readonly (readonly string[])[], seed: number): Promise<string> {
  const size = { width: 640, height: 560 };
  const { gray } = handPage(LETTER_HAND, rows, { ...size, size: 52, shake: 0.9 }, new Random(seed));
  await sharp(gray, { raw: { ...size, channels: 1 } })
    .jpeg({ quality: 92 })
    .toFile(path);
  return path;
}

/** Labels 20 crops of each letter, which are cut by the device from pages of that letter. */
async function teachLetters(device: TaughtDevice, folder: string): Promise<void> {
  await device.ask('PUT', '/classes', { classes: LETTERS });
  for (const letter of LETTERS) {
    const row = new Array<string>(PRACTICE.columns).fill(letter);
    await device.upload(await writePage(join(folder, `${letter}.jpg`), new Array(PRACTICE.rows).fill(row), 3));
    const waiting = (await device.crops()).map(({ id }) => id);
    assert.ok(waiting.length >= EACH, `${waiting.length} crops of ${letter}`);
    await device.ask('POST', '/label', { ids: waiting.slice(0, EACH), label: letter });
    if (waiting.length > EACH) await device.ask('POST', '/label', { ids: waiting.slice(EACH), skip: true });
  }
}

describe('a device with classes of its own', function () {
  this.timeout(180_000);

  it('learns four letters of 20 crops each, reads a written word and publishes it, and goes back to digits', async function () {
    needsProgram(this, 'mosquitto');
    await inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const url = `mqtt://127.0.0.1:${port}`;
      const page = await writePage(join(folder, 'word.jpg'), [[...WORD]], 7);
      const state = join(folder, 'state');
      const config = [
        'device: { name: desk }',
        `mqtt: { url: "${url}" }`,
        'teaching: { enabled: true }',
        'homeassistant: { deviceClass: energy, stateClass: total_increasing, unit: kWh }',
      ];
      const base = await quickBundle(folder);
      assert.equal((await inkcast('model', 'install', base, '--state', state)).code, 0);
      const device = await TaughtDevice.in(folder, page, config.join('\n'));
      const watcher = await Watcher.connect(url, ['inkcast/desk/reading', 'homeassistant/device/+/config']);
      /** The first reading from now on that fits. */
      const published = async (fits: (reading: ReadingMessage) => boolean): Promise<ReadingMessage> => {
        const from = watcher.seen.length;
        const readings = () =>
          watcher.seen
            .slice(from)
            .filter(({ topic }) => topic === 'inkcast/desk/reading')
            .map(({ text }) => readingSchema.parse(JSON.parse(text)));
        await watcher.until(() => readings().some(fits));
        return readings().filter(fits)[0];
      };
      const use = (reference: string) =>
        watcher.client.publishAsync('inkcast/desk/request/model', JSON.stringify({ action: 'use', model: reference }));
      try {
        const first = published(() => true);
        await device.start();
        const { model } = await first;
        await teachLetters(device, folder);
        const { labels } = await device.state();
        assert.deepEqual(labels.byClass, Object.fromEntries(LETTERS.map((letter) => [letter, EACH])));
        const out = join(folder, 'taught');
        const chosen = ['--model', model, '--out', out, '--epochs', '12', '--state', state];
        const learned = await inkcast('learn', ...chosen);
        assert.equal(learned.code, 0, learned.stdout + learned.stderr);
        assert.equal((await inkcast('model', 'install', out, '--state', state)).code, 0);

        const taught = `${model}-taught.1`;
        const word = published(({ text }) => text === WORD);
        await use(taught);
        const read = await word;
        assert.equal(read.model, taught);
        assert.deepEqual([read.rows, read.value], [[WORD], null]);
        assert.deepEqual(
          read.digits.map(({ digit }) => digit),
          [...WORD],
        );

        const digitsAgain = published((reading) => reading.model === model);
        await use(model);
        assert.notEqual((await digitsAgain).text, WORD);
        const wordAgain = published(({ text }) => text === WORD);
        await use(taught);
        await wordAgain;

        // A number has a unit in Home Assistant; a word has none.
        const units = (): readonly unknown[] =>
          watcher.seen
            .filter(({ topic }) => topic.endsWith('/config'))
            .map(({ text }) => JSON.parse(text).components.reading.unit_of_measurement);
        assert.equal(units()[0], 'kWh');
        await watcher.until(() => units().at(-1) === undefined);

        await device.kill();
        const shown = await inkcast('read', page, '--state', state);
        assert.deepEqual([shown.code, shown.stdout], [0, `${page}: ${WORD}\n`]);
        const refused = await inkcast('read', page, '--expect', 'ddd', '--state', state);
        assert.equal(refused.code, 2);
        assert.match(
          refused.stderr,
          /INK_DIGITS_NEEDED: An expected form is for digits, and the model digits@.*A, C, W, X/,
        );
        const { stdout: listed } = await inkcast('model', 'list', '--state', state);
        assert.match(listed, /\* +digits@\S+-taught\.1 +A C W X /);
        const ruled = new InkcastProcess('run', '--config', join(folder, 'inkcast.yaml'), {
          INKCAST_INFERENCE_MODEL: join(state, 'models', taught),
          INKCAST_READING_RULES_MAX: '500',
        });
        assert.equal(await ruled.ended(), 2);
        assert.match(ruled.stderr + ruled.stdout, /INK_DIGITS_NEEDED.*reading\.rules is for digits/);
      } finally {
        await device.kill();
        await watcher.end();
        await broker.stop();
      }
    });
  });
});
