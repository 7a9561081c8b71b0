import assert from 'node:assert/strict';
import { Labels } from '../../../device/web/src/lesson/labels.js';
import type { Seen } from '../../../device/web/src/lesson/messages.js';

const seen = (ink: number): Seen => ({
  pixels: new Uint8Array(784).fill(ink),
  around: undefined,
  guesses: [
    { label: '7', probability: 0.9 },
    { label: '1', probability: 0.1 },
  ],
});

/** @param count of crops that wait */
function waiting(count: number): Labels {
  const labels = new Labels();
  labels.add(Array.from({ length: count }, (_, index) => seen(index)));
  return labels;
}

const givenBy = ({ given }: Labels) =>
  given.value.map(({ id, label, heldBack, confirmed }) => ({ id, label, heldBack, confirmed }));

describe('the labels of a lesson in the browser', () => {
  it('hold back every fifth of each digit', () => {
    const labels = waiting(12);
    for (const label of '112111212112') labels.give(label);
    const heldBack = labels.given.value.filter((crop) => crop.heldBack);
    assert.deepEqual(
      heldBack.map(({ id, label }) => [id, label]),
      [['C6', '1']],
    );
    labels.add([seen(1), seen(2)]);
    labels.give('2');
    labels.give('1');
    assert.deepEqual(
      labels.given.value.filter((crop) => crop.heldBack).map(({ label }) => label),
      ['1', '2'],
    );
  });

  it('are taken back one by one, and skipped crops leave the queue', () => {
    const labels = waiting(3);
    labels.give('1');
    labels.skip();
    labels.give('7');
    assert.equal(labels.waiting.value.length, 0);
    labels.undo();
    assert.deepEqual(
      labels.waiting.value.map(({ id }) => id),
      ['C3'],
    );
    labels.undo();
    labels.undo();
    assert.deepEqual(
      labels.waiting.value.map(({ id }) => id),
      ['C1', 'C3'],
    );
    assert.deepEqual(givenBy(labels), []);
  });

  it('are confirmed or corrected in a second look, and stay in doubt where it is skipped', () => {
    const labels = waiting(4);
    for (const label of '111') labels.give(label);
    const doubts = labels.given.value.map(({ id, guesses }) => ({ id, guesses }));
    labels.lookAgain(doubts);
    assert.deepEqual(
      labels.waiting.value.map(({ id, doubted }) => [id, doubted?.label, doubted?.guess]),
      [
        ['C1', '1', '7'],
        ['C2', '1', '7'],
        ['C3', '1', '7'],
        ['C4', undefined, undefined],
      ],
    );
    labels.undo();
    assert.equal(labels.given.value.length, 3);
    labels.give('1');
    labels.give('7');
    labels.skip();
    assert.deepEqual(givenBy(labels), [
      { id: 'C1', label: '1', heldBack: false, confirmed: true },
      { id: 'C2', label: '7', heldBack: false, confirmed: true },
      { id: 'C3', label: '1', heldBack: false, confirmed: false },
    ]);
  });
});
