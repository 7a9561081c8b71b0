import assert from 'node:assert/strict';
import type { Picture, PictureReading } from '../../../device/web/src/sketch/messages.js';
import { ReadingFailure } from '../../../device/web/src/sketch/reading-link.js';
import { Trial } from '../../../device/web/src/sketch/trial.js';

const READING = { text: '7', rows: ['7'], digits: [], rejected: [] };

/** A picture that says how wide its reading will be, so that each is told from the others. */
const picture = (width: number): Picture => new Blob([String(width)]);

/** A link whose answers a test gives, one by one. */
class HeldLink {
  readonly asked: Picture[] = [];
  readonly #answers: ((answer: PictureReading | ReadingFailure) => void)[] = [];

  async open(): Promise<void> {}

  read(asked: Picture): Promise<PictureReading> {
    this.asked.push(asked);
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => (answer instanceof ReadingFailure ? reject(answer) : resolve(answer)));
    });
  }

  /** Answers the oldest question, and lets what follows from it happen. */
  async answer(answer: number | ReadingFailure): Promise<void> {
    this.#answers.shift()?.(
      answer instanceof ReadingFailure ? answer : { reading: READING, width: answer, height: 1, elapsedMs: 1 },
    );
    await new Promise(setImmediate);
  }
}

const settled = () => new Promise(setImmediate);

describe('a trial', () => {
  let link: HeldLink;
  let trial: Trial;
  beforeEach(() => {
    link = new HeldLink();
    trial = new Trial(link);
  });
  afterEach(() => trial.stop());

  const widthRead = (): number | string => {
    const state = trial.state.value;
    return state.kind === 'read' ? state.result.width : state.kind;
  };

  it('reads the picture that it is shown', async () => {
    assert.equal(widthRead(), 'nothing');
    trial.show(picture(1));
    assert.equal(widthRead(), 'loading');
    await settled();
    assert.equal(widthRead(), 'reading');
    await link.answer(1);
    assert.equal(widthRead(), 1);
  });

  it('reads only the last of the pictures that come while one is read, and shows no reading of an older one', async () => {
    const [first, second, third] = [picture(1), picture(2), picture(3)];
    trial.show(first);
    await settled();
    trial.show(second);
    trial.show(third);
    await link.answer(1);
    assert.notEqual(widthRead(), 1);
    await link.answer(3);
    assert.equal(widthRead(), 3);
    assert.deepEqual(link.asked, [first, third]);
  });

  it('forgets what is being read when there is nothing to read any more', async () => {
    trial.show(picture(1));
    await settled();
    trial.show(undefined);
    await link.answer(1);
    assert.equal(widthRead(), 'nothing');
    assert.equal(trial.address.value, undefined);
  });

  it('says why a picture was not read, and reads the next one', async () => {
    trial.show(picture(1));
    await settled();
    await link.answer(new ReadingFailure('INK_IMAGE_UNREADABLE', 'It is no picture.'));
    assert.equal(widthRead(), 'failed');
    trial.show(picture(2));
    await settled();
    await link.answer(2);
    assert.equal(widthRead(), 2);
  });
});
