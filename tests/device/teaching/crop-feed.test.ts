import assert from 'node:assert/strict';
import type { RegionOutcome } from '@inkcast/device/regions';
import { CropFeed, type NewCrop } from '@inkcast/device/teaching';
import type { Look, SteadyReading } from '@inkcast/reader/reading';
import sharp from 'sharp';
import { handwriting } from './support/crops.js';

const LABELS = [...'0123456789', 'none'];
const FRAME = { width: 320, height: 240, gray: new Uint8Array(320 * 240).fill(200), capturedAt: new Date() };

/** A digit that was seen at a place of the frame. */
function look(crop: Uint8Array, digit: number, confidence: number, x = 10): Look {
  const probabilities = new Float64Array(11).fill((1 - confidence) / 10);
  probabilities[digit] = confidence;
  const classification = {
    label: String(digit),
    confidence,
    digit,
    digitConfidence: confidence,
    anyDigit: 1,
    probabilities,
    digitProbabilities: probabilities.slice(0, 10),
  };
  return { box: { x, y: 20, width: 20, height: 30 }, crop, around: undefined, classification, digit, confidence };
}

/** What became of a frame whose digits are those that were seen. */
function outcome(looks: readonly Look[], change?: Partial<SteadyReading>): RegionOutcome {
  const digits = looks.map(({ digit, confidence, box }) => ({ digit, confidence, box, row: 0 }));
  const text = digits.map(({ digit }) => digit).join('');
  const reading = { text, rows: [text], digits, rejected: [] };
  const steady = { text, rows: [text], digits, confidence: 1, since: new Date(), ...change };
  return {
    region: undefined,
    read: { reading, looks, elapsedMs: { vision: 0, inference: 0 } },
    change: change === undefined ? undefined : steady,
  };
}

/** A feed at a clock of its own. @param work what it is told; each frame may add to the queue before the next */
async function fed(
  work: (take: (outcome: RegionOutcome) => Promise<void>, wait: (ms: number) => void, feed: CropFeed) => Promise<void>,
  enabled = true,
): Promise<NewCrop[]> {
  const queue: NewCrop[] = [];
  let now = 0;
  const feed = new CropFeed({
    enabled: () => enabled,
    model: () => ({ reference: 'digits@2.1.0', labels: LABELS }),
    add: async (crops) => queue.push(...crops),
    now: () => now,
  });
  const wait = (ms: number) => {
    now += ms;
  };
  await work(
    async (one) => {
      feed.take(FRAME, [one]);
      await feed.idle();
      wait(1000);
    },
    wait,
    feed,
  );
  return queue;
}

const told = (queue: readonly NewCrop[]) => queue.map(({ reason, guesses }) => `${reason} ${guesses[0].label}`);

describe('the feed of crops', () => {
  it('finds digits that are read with doubt, once, with what is around them', async () => {
    const [a, b, c] = await handwriting(3);
    const queue = await fed(async (take) => {
      for (let again = 0; again < 3; again++) {
        await take(outcome([look(a.pixels, 7, 0.6), look(b.pixels, 2, 0.99, 100), look(c.pixels, 0, 0.05, 200)]));
      }
    });
    assert.deepEqual(told(queue), ['unsure 7']);
    const [{ pixels, guesses, surroundings, origin, model }] = queue;
    assert.deepEqual([pixels, guesses.length, origin, model], [a.pixels, 4, 'camera', 'digits@2.1.0']);
    const { width, height, format } = await sharp(surroundings).metadata();
    assert.deepEqual([format, width, height], ['jpeg', 60, 80]);
  });

  it('finds a place where two frames show different digits', async () => {
    const [a, b] = await handwriting(2);
    const queue = await fed(async (take) => {
      await take(outcome([look(a.pixels, 7, 0.99), look(b.pixels, 2, 0.99, 100)]));
      await take(outcome([look(a.pixels, 1, 0.99), look(b.pixels, 2, 0.99, 100)]));
    });
    assert.deepEqual(told(queue), ['disagreement 1']);
  });

  it('finds readings that a rule rejects, and those that are replaced at once', async () => {
    const [a, b, c, d] = await handwriting(4);
    const refusal = { rule: 'range', reason: 'It is more than 5.' } as const;
    const rejected = await fed((take) => take(outcome([look(a.pixels, 7, 0.99)], { refusal })));
    assert.deepEqual(told(rejected), ['rejected 7']);
    const changed = await fed(async (take, wait) => {
      await take(outcome([look(a.pixels, 7, 0.99)], {}));
      wait(5000);
      await take(outcome([look(b.pixels, 2, 0.99, 60)], {}));
      await take(outcome([look(c.pixels, 0, 0.99, 110)], {}));
      await take(outcome([], {}));
      await take(outcome([look(d.pixels, 4, 0.99, 160)], {}));
    });
    assert.deepEqual(told(changed), ['changed 0']);
  });

  it('leaves out what comes while crops are being made, and all while it is off', async () => {
    const digits = await handwriting(12);
    const looks = digits.map(({ pixels }, index) => look(pixels, 7, 0.6, 20 * index));
    const queue = await fed(async (_, wait, feed) => {
      for (const one of looks) {
        feed.take(FRAME, [outcome([one])]);
        wait(100);
      }
      await feed.idle();
    });
    assert.equal(queue.length, 1);
    const many = await fed((take) => take(outcome(looks)));
    assert.equal(many.length, 8);
    assert.deepEqual(await fed((take) => take(outcome(looks)), false), []);
  });

  it('tells all that is in view, however sure', async () => {
    const [a, b] = await handwriting(2);
    await fed(async (take, _, feed) => {
      await take(outcome([look(a.pixels, 7, 0.99), look(b.pixels, 2, 0.6, 100)]));
      assert.deepEqual(told(await feed.inView()), ['asked 7', 'asked 2']);
    });
  });
});
