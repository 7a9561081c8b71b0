import assert from 'node:assert/strict';
import {
  DEFAULT_TRACKING,
  type ReadDigit,
  type Reading,
  ReadingTracker,
  type StableReading,
  type TrackerOptions,
} from '@inkcast/reader/reading';
import fc from 'fast-check';
import { digitsOf, MIDDLE, moment, readingOf, unsureReadingOf } from './support/readings.js';

const FRAME_MS = 100;
const HOUR_MS = 3_600_000;

/** Feeds a frame every 100 ms to a tracker, and records its publications with their times. */
class Screening {
  readonly published: { readonly text: string; readonly at: number; readonly reading: StableReading }[] = [];
  readonly #tracker: ReadingTracker;
  readonly #frameMs: number;
  #at = 0;

  constructor(options: Partial<TrackerOptions> = {}, frameMs = FRAME_MS) {
    this.#tracker = new ReadingTracker({ ...DEFAULT_TRACKING, ...options });
    this.#frameMs = frameMs;
  }

  show(frames: number, digits: (frame: number) => readonly ReadDigit[]): this {
    return this.read(frames, (frame) => readingOf(digits(frame)));
  }

  read(frames: number, readings: (frame: number) => Reading): this {
    for (let frame = 0; frame < frames; frame++, this.#at += this.#frameMs) {
      const reading = this.#tracker.update(readings(frame), moment(this.#at));
      if (reading !== undefined) this.published.push({ text: reading.text, at: this.#at, reading });
    }
    return this;
  }

  get texts(): string[] {
    return this.published.map(({ text }) => text);
  }
}

const replaced = (digits: readonly ReadDigit[], index: number, digit: number): ReadDigit[] =>
  digits.map((item, at) => (at === index ? { ...item, digit } : item));

describe('the reading tracker', () => {
  it('follows symbols of any classes, each with its own votes', () => {
    const named = (names: readonly string[]): ReadDigit[] =>
      digitsOf('0'.repeat(names.length)).map((digit, index) => ({ ...digit, digit: names[index] }));
    const word = named(['T', 'tick', 'X']);
    const misread = named(['T', 'tick', 'K']);
    const { published } = new Screening().show(30, (frame) => (frame % 5 === 3 ? misread : word));
    assert.deepEqual(
      published.map(({ text }) => text),
      ['T tick X'],
    );
    assert.deepEqual(
      published[0].reading.digits.map(({ digit }) => digit),
      ['T', 'tick', 'X'],
    );
  });

  it('publishes a number once, soon after it is steady, and clears when it is gone', () => {
    const screening = new Screening()
      .show(5, () => [])
      .show(50, () => digitsOf('407'))
      .show(30, () => []);
    assert.deepEqual(screening.texts, ['407', '']);
    const [shown, cleared] = screening.published;
    assert.ok(shown.at <= 500 + 600, `shown at ${shown.at}`);
    assert.equal(shown.reading.since.getTime(), moment(700).getTime(), 'since it was first seen for sure');
    assert.deepEqual(shown.reading.rows, ['407']);
    assert.ok(Math.abs((shown.reading.confidence ?? 0) - 0.98) < 1e-9);
    assert.equal(cleared.reading.confidence, null);
    assert.ok(cleared.at <= 5500 + 1500, `cleared at ${cleared.at}`);
  });

  it('publishes within a second and never flickers, whatever single frames misread, drop, split or invent', () => {
    const fault = fc.record({
      kind: fc.constantFrom('misread', 'drop', 'split', 'invent', 'blind'),
      index: fc.nat(5),
      digit: fc.nat(9),
    });
    const number = fc.stringMatching(/^[0-9]{1,6}$/);
    // A fault in at most every fourth frame, as with a good reader.
    const faults = fc.array(fc.option(fault, { freq: 3 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(number, faults, (text, injected) => {
        const screening = new Screening().show(40, (frame) => {
          const digits = digitsOf(text);
          const now = frame % 4 === 0 ? injected[frame] : null;
          if (now === null) return digits;
          const index = now.index % digits.length;
          if (now.kind === 'blind') return [];
          if (now.kind === 'drop') return digits.filter((_, at) => at !== index);
          if (now.kind === 'misread') return replaced(digits, index, now.digit);
          const { box } = digits[index];
          const stray = { digit: now.digit, confidence: 0.9, row: 0 };
          if (now.kind === 'invent') return [...digits, { ...stray, box: { ...box, y: box.y + 3 * box.height } }];
          const half = { ...stray, box: { ...box, width: box.width / 2 } };
          return [
            ...digits.filter((_, at) => at !== index),
            half,
            { ...half, box: { ...half.box, x: box.x + box.width / 2 } },
          ];
        });
        assert.deepEqual(screening.texts, [text]);
        assert.ok(screening.published[0].at <= 1000);
      }),
      { numRuns: 200 },
    );
  });

  it('publishes nothing that is in view for only a frame or two', () => {
    const screening = new Screening();
    for (let round = 0; round < 10; round++) screening.show(2, () => digitsOf('7')).show(8, () => []);
    assert.deepEqual(screening.texts, []);
  });

  it('holds a number through a hand that passes and through frames without any digit', () => {
    const digits = digitsOf('1948');
    const screening = new Screening()
      .show(15, () => digits)
      .show(8, (frame) => digits.filter((_, index) => index < frame - 3 || index > frame - 1))
      .show(15, () => digits)
      .show(4, () => [])
      .show(15, () => digits);
    assert.deepEqual(screening.texts, ['1948']);
  });

  it('follows a number that moves, and publishes none of its parts while it comes into view', () => {
    const sliding = (frame: number): ReadDigit[] =>
      digitsOf('50318', { ...MIDDLE, x: 640 - 20 * frame }).filter(({ box }) => box.x + box.width < 640);
    const screening = new Screening().show(22, sliding).show(20, () => sliding(22));
    assert.deepEqual(screening.texts, ['50318']);
  });

  it('publishes a number at rest whose box is now with, now without the faint end of a stroke', () => {
    const screening = new Screening().show(20, (frame) =>
      digitsOf('47').map((item, index) => {
        const { box } = item;
        const longer = { ...box, x: box.x - 0.6 * box.height, width: box.width + 0.6 * box.height };
        return index === 0 && frame % 2 === 0 ? { ...item, box: longer } : item;
      }),
    );
    assert.deepEqual(screening.texts, ['47']);
    assert.ok(screening.published[0].at <= 700, `published at ${screening.published[0].at}`);
  });

  it('replaces a number by another one in its place, or elsewhere, within a second', () => {
    const elsewhere = { x: 80, y: 350, height: 40 };
    const screening = new Screening()
      .show(20, () => digitsOf('407'))
      .show(20, () => digitsOf('408'))
      .show(20, () => digitsOf('12', elsewhere))
      .show(20, () => digitsOf('331'));
    assert.deepEqual(screening.texts, ['407', '408', '12', '331']);
    screening.published.slice(1).forEach(({ at }, index) => {
      assert.ok(at - 2000 * (index + 1) <= 1000, `number ${index + 1} after ${at - 2000 * (index + 1)} ms`);
    });
  });

  it('removes a misread when the reader no longer gives it', () => {
    const right = digitsOf('407');
    const screening = new Screening().show(10, () => replaced(right, 2, 1)).show(20, () => right);
    assert.deepEqual(screening.texts, ['401', '407']);
  });

  it('publishes nothing while a digit alternates between two values', () => {
    const screening = new Screening().show(60, (frame) => replaced(digitsOf('25'), 1, frame % 2 === 0 ? 5 : 3));
    assert.deepEqual(screening.texts, []);
  });

  it('publishes no number with a doubtful digit, and clears the previous one', () => {
    const unsure = () => unsureReadingOf(digitsOf('627'), 1);
    assert.deepEqual(new Screening().read(60, unsure).texts, []);
    const before = new Screening().show(20, () => digitsOf('617'));
    assert.deepEqual(before.read(60, unsure).texts, ['617', '']);
    const after = before.show(20, () => digitsOf('627'));
    assert.deepEqual(after.texts, ['617', '', '627']);
  });

  it('keeps a number with a doubtful digit while the same digit is the most likely', () => {
    const digits = digitsOf('627');
    const screening = new Screening().show(20, () => digits).read(60, () => unsureReadingOf(digits, 1));
    assert.deepEqual(screening.texts, ['627']);
    const other = screening.read(60, () => unsureReadingOf(digitsOf('637'), 1));
    assert.deepEqual(other.texts, ['627', '']);
  });

  it('is not settled while a digit is open, so that unchanged frames are read on', () => {
    const tracker = new ReadingTracker();
    const feed = (from: number, frames: number, reading: Reading): void => {
      for (let frame = from; frame < from + frames; frame++) tracker.update(reading, moment(frame * FRAME_MS));
    };
    feed(0, 20, readingOf(digitsOf('627')));
    assert.equal(tracker.settled, true);
    feed(20, 10, unsureReadingOf(digitsOf('637'), 1));
    assert.equal(tracker.settled, false);
    feed(30, 40, unsureReadingOf(digitsOf('637'), 1));
    assert.equal(tracker.settled, true, 'no reading is agreed upon');
  });

  it('does not take a doubted digit into another number, whatever stood in its place', () => {
    const screening = new Screening()
      .show(20, () => digitsOf('627'))
      .read(60, () => unsureReadingOf(digitsOf('628'), 1));
    assert.deepEqual(screening.texts, ['627', '']);
  });

  it('publishes a number of which a digit is not sure in some frames', () => {
    const digits = digitsOf('627');
    const some = new Screening().read(20, (frame) =>
      frame % 4 === 0 ? unsureReadingOf(digits, 1) : readingOf(digits),
    );
    assert.deepEqual(some.texts, ['627']);
  });

  it('gives the rows of what it holds in reading order', () => {
    const rows = [
      ...digitsOf('31', { x: 100, y: 300, height: 50 }),
      ...digitsOf('2026', { x: 80, y: 120, height: 70 }),
    ];
    const screening = new Screening().show(15, () => rows);
    assert.deepEqual(screening.published[0].reading.rows, ['2026', '31']);
    assert.deepEqual(
      screening.published[0].reading.digits.map(({ row }) => row),
      [0, 0, 0, 0, 1, 1],
    );
  });

  for (const key of ['agreementMs', 'lossMs', 'motionMs', 'holdMs', 'hiddenMs'] as const) {
    it(`field report 7: publishes and clears a number with ${key} at either of its bounds`, () => {
      const texts = [
        [0, FRAME_MS],
        [HOUR_MS, HOUR_MS / 10],
      ].map(([bound, frameMs]) => {
        const show = new Screening({ [key]: bound }, frameMs);
        return show
          .show(40, () => digitsOf('407'))
          .show(40, () => digitsOf('40'))
          .show(40, () => []).texts;
      });
      assert.deepEqual(texts, [
        ['407', '40', ''],
        ['407', '40', ''],
      ]);
    });
  }

  it('field report 7: publishes at once what is seen for sure where no time must pass', () => {
    const none = { agreementMs: 0, lossMs: 0, motionMs: 0, holdMs: 0, hiddenMs: 0 };
    const [first] = new Screening(none).show(40, () => digitsOf('407')).published;
    assert.deepEqual([first.text, first.at], ['407', 2 * FRAME_MS], 'in the third frame, in which it counts');
  });

  it('field report 6: counts its times on, and tells since when by the new date, where the clock is set', () => {
    const tracker = new ReadingTracker();
    const published: StableReading[] = [];
    const dates = [
      Date.parse('1970-01-01T00:00:10Z'),
      Date.parse('2099-06-01T00:00:00Z'),
      Date.parse('2026-11-28T00:00Z'),
    ];
    const texts = ['407', '408', '409'];
    for (let at = 0; at < 6000; at += FRAME_MS) {
      // It is set in the middle of each number, while the number is still on trial.
      const date = new Date(dates[Math.floor((at + 1800) / 2000) % 3] + at);
      const reading = tracker.update(readingOf(digitsOf(texts[Math.floor(at / 2000)])), date, undefined, at);
      if (reading === undefined) continue;
      published.push(reading);
      const age = date.getTime() - reading.since.getTime();
      assert.ok(age >= 0 && age <= 2000, `${reading.text} for ${age} ms`);
    }
    assert.deepEqual(
      published.map(({ text }) => text),
      texts,
    );
  });

  it('works with one frame per second', () => {
    const tracker = new ReadingTracker();
    const texts: string[] = [];
    for (let second = 0; second < 30; second++) {
      const digits = second < 15 ? digitsOf('61') : [];
      const reading = tracker.update(readingOf(digits), moment(1000 * second));
      if (reading !== undefined) texts.push(`${second}: ${reading.text}`);
    }
    assert.deepEqual(
      texts.map((line) => line.split(': ')[1]),
      ['61', ''],
    );
    assert.ok(Number.parseInt(texts[0], 10) <= 2);
  });
});
