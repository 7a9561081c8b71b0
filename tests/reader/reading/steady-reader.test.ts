import assert from 'node:assert/strict';
import {
  type Expectation,
  type FrameOutcome,
  type FrameReading,
  type ReadOptions,
  readingRulesSchema,
  SteadyReader,
} from '@inkcast/reader/reading';
import { paper } from './support/paper.js';
import { digitsOf, moment, readingOf } from './support/readings.js';

const FRAME_MS = 100;

/** What a show of frames came to. */
class Show {
  readonly published: { readonly text: string; readonly value?: string | null; readonly refused?: string }[] = [];
  framesRead = 0;
  /** What the last frame that was read was expected to be. */
  expectation: Expectation | undefined;
  readonly reader: SteadyReader;
  /** Error of the clock that gives the date. */
  dateOffset = 0;
  #text = '';
  #at = 0;

  constructor(rules: object = {}) {
    // The content of the paper is known. The test checks when it is read, and what is published.
    const read = (_: unknown, { expectation }: ReadOptions = {}): FrameReading => {
      this.expectation = expectation;
      if (this.#text === 'fault') throw new Error('no picture');
      this.framesRead++;
      const elapsedMs = { vision: 0, inference: 0 };
      return { reading: readingOf(digitsOf(this.#text)), looks: [], elapsedMs };
    };
    this.reader = new SteadyReader({ read }, { rules: readingRulesSchema.parse(rules) });
  }

  show(text: string, frames: number, noise = 2): this {
    this.#text = text;
    for (let frame = 0; frame < frames; frame++) this.take(noise);
    return this;
  }

  take(noise: number): FrameOutcome {
    const marks = digitsOf(this.#text === 'fault' ? '' : this.#text).map(({ digit, box: { x, y, width, height } }) => ({
      x: Math.round(x) + Number(digit),
      y,
      width: Math.round(width) - 2 * Number(digit),
      height,
    }));
    this.#at += FRAME_MS;
    const outcome = this.reader.take(
      paper({ marks, noise, seed: this.#at }),
      moment(this.#at + this.dateOffset),
      this.#at,
    );
    const { change } = outcome;
    if (change !== undefined) {
      const { text, value, refusal } = change;
      this.published.push({
        text,
        ...(value === undefined ? {} : { value }),
        ...(refusal === undefined ? {} : { refused: refusal.rule }),
      });
    }
    return outcome;
  }
}

describe('the steady reader', () => {
  it('reads with another expected form at once, though nothing has changed in view', () => {
    const show = new Show().show('407', 15);
    const framesRead = show.framesRead;
    show.show('407', 1);
    assert.deepEqual([show.framesRead, show.expectation], [framesRead, undefined]);
    show.reader.adjust({ expect: 'd:dd' });
    show.show('407', 1);
    assert.deepEqual([show.framesRead, show.expectation?.rows], [framesRead + 1, [{ min: 3, max: 3 }]]);
  });

  it('holds what is in view against new rules at once, and lets go of old ones', () => {
    const show = new Show().show('407', 15);
    show.reader.adjust({ rules: readingRulesSchema.parse({ digitCount: 2 }) });
    show.show('407', 2);
    show.reader.adjust({ rules: readingRulesSchema.parse({ decimalPlaces: 1 }) });
    show.show('407', 2);
    show.reader.adjust({});
    show.show('407', 15);
    assert.deepEqual(show.published, [
      { text: '407' },
      { text: '407', refused: 'digit-count' },
      { text: '407', value: '40.7' },
      { text: '407' },
    ]);
  });

  it('field report 8: holds what is in view against a value that is set at once, and publishes what becomes of it', () => {
    const show = new Show({ monotonic: true }).show('407', 25).show('008', 15);
    show.reader.accept({ digits: '0', capturedAt: new Date() });
    show.show('008', 2);
    show.reader.accept({ digits: '500', capturedAt: new Date() });
    show.show('008', 2);
    assert.deepEqual(show.published, [
      { text: '407' },
      { text: '008', refused: 'monotonic' },
      { text: '008' },
      { text: '008', refused: 'monotonic' },
    ]);
  });

  it('takes other times from the next frame on', () => {
    const show = new Show().show('407', 15);
    const rules = readingRulesSchema.parse({});
    show.reader.adjust({ tracking: { agreementMs: 2000, lossMs: 2000, motionMs: 2000 }, rules });
    show.show('815', 15);
    assert.deepEqual(show.published, [{ text: '407' }]);
    show.show('815', 15);
    assert.deepEqual(show.published, [{ text: '407' }, { text: '815' }]);
  });

  it('keeps what it has published when it looks at another part of the frame, until that shows something else', () => {
    const show = new Show().show('407', 15);
    show.reader.lookAnew();
    show.show('407', 15);
    assert.deepEqual(show.published, [{ text: '407' }]);
    show.reader.lookAnew();
    show.show('', 15);
    assert.deepEqual(show.published, [{ text: '407' }, { text: '' }]);
  });

  for (const [what, years] of [
    ['back by decades', -56],
    ['on by decades', 73],
  ] as const) {
    it(`field report 6: reads on, and misses no change, where the clock is set ${what}`, () => {
      const show = new Show({ monotonic: true, maxPerHour: '5' }).show('407', 15).show('499', 15);
      const before = show.framesRead;
      show.dateOffset = years * 365 * 86_400_000;
      show.show('499', 5);
      assert.ok(show.framesRead <= before + 1, 'what has not changed is not read again');
      show.show('408', 15);
      assert.deepEqual(show.published, [{ text: '407' }, { text: '499', refused: 'rate' }, { text: '408' }]);
    });
  }

  it('leaves out frames in which nothing has changed, and misses no change', () => {
    const show = new Show().show('', 10).show('407', 25).show('408', 25).show('', 20);
    assert.deepEqual(show.published, [{ text: '407' }, { text: '408' }, { text: '' }]);
    assert.ok(show.framesRead < 40, `${show.framesRead} of 80 frames were read`);
  });

  it('reads an unchanged picture again now and then', () => {
    const show = new Show().show('407', 15);
    const before = show.framesRead;
    show.show('407', 55);
    assert.equal(show.framesRead, before + 1);
  });

  it('publishes what breaks a rule as refused, with the reason, and reads on', () => {
    const show = new Show({ digitCount: 3, decimalPlaces: 1 }).show('407', 20).show('40', 20).show('409', 20);
    assert.deepEqual(show.published, [
      { text: '407', value: '40.7' },
      { text: '40', value: '4.0', refused: 'digit-count' },
      { text: '409', value: '40.9' },
    ]);
  });

  it('publishes a refused reading again when it has been in view long enough to be accepted, though nothing changes', () => {
    const show = new Show({ monotonic: true, acceptAfterMs: 1500 }).show('9407', 12).show('0407', 35);
    assert.deepEqual(show.published, [{ text: '9407' }, { text: '0407', refused: 'monotonic' }, { text: '0407' }]);
  });

  it('continues after a frame that could not be read', () => {
    const show = new Show().show('407', 15);
    assert.throws(() => show.show('fault', 1), /no picture/);
    show.show('407', 15).show('12', 15);
    assert.deepEqual(show.published, [{ text: '407' }, { text: '12' }]);
  });
});
