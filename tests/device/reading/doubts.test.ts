import assert from 'node:assert/strict';
import { assembleReading, type ScoredCandidate } from '@inkcast/device/reading';
import { digit, inRow, none } from './support/scored.js';

const FRAME = { width: 640, height: 480 };
const read = (...scored: readonly ScoredCandidate[]) => assembleReading(scored, FRAME);

describe('what stands among the digits of a number', () => {
  const [left, middle, right, far] = inRow([100, 150, 200, 400]);
  const [six, seven] = [digit(6, 0.99, left), digit(7, 0.99, right)];
  const doubts = (...scored: readonly ScoredCandidate[]) => {
    const { text, rejected } = read(...scored);
    return { text, doubts: rejected.filter(({ mayBe }) => mayBe !== undefined).map(({ box }) => box) };
  };

  it('is read where only whether it is a digit is in doubt, but not elsewhere', () => {
    assert.equal(read(six, digit(2, 0.75, middle), seven).text, '627');
    assert.equal(read(digit(2, 0.75, middle)).text, '');
    assert.equal(read(six, seven, digit(2, 0.75, far)).text, '67');
    assert.equal(read(six, digit(2, 0.55, middle), seven).text, '67');
  });

  it('is not read where it may be one digit or another', () => {
    const divided = digit(2, 0.75, middle, {}, { digit: 3, confidence: 0.2 });
    assert.deepEqual(doubts(six, divided, seven), { text: '67', doubts: [middle] });
  });

  it('is in doubt where it is more likely a digit than not, for whatever reason it is not read', () => {
    assert.deepEqual(doubts(six, digit(2, 0.3, middle), seven), { text: '67', doubts: [middle] });
    const blot = digit(2, 0.95, middle, { paper: 0.8 });
    assert.deepEqual(doubts(six, blot, seven), { text: '67', doubts: [middle] });
  });

  it('is in doubt above or below a number too, where it is likely a digit without its company', () => {
    const above = { ...middle, x: 104, y: 25 };
    assert.deepEqual(doubts(six, digit(1, 0.8, above), seven), { text: '67', doubts: [above] });
    assert.deepEqual(doubts(six, digit(1, 0.3, above), seven), { text: '67', doubts: [] });
    const higher = { ...above, y: 0, height: 40 };
    assert.deepEqual(doubts(six, digit(1, 0.8, higher), seven), { text: '67', doubts: [] });
  });

  it('is in doubt as a whole where but a piece of it looks like a digit, and that one is refused', () => {
    const upper = { ...middle, height: 25 };
    const lower = { ...middle, y: 126, height: 24 };
    const pieces = [digit(4, 0.95, upper, { pieces: ['a'], paper: 0.8 }), none(lower, { pieces: ['b'] })];
    const whole = digit(5, 0.4, middle, { pieces: ['a', 'b'], origin: 'join' });
    assert.deepEqual(doubts(six, ...pieces, whole, seven), { text: '67', doubts: [upper, lower] });
    assert.deepEqual(doubts(six, ...pieces, seven), { text: '67', doubts: [] });
  });

  it('is in doubt where a cut leaves more than a tip of a piece unread', () => {
    const box = { ...middle, width: 44 };
    const foot = { ...middle, width: 14, y: 130, height: 20 };
    const cut = (ink: number) => [
      none(box, { pieces: ['a', 'b'], ink: 400 }),
      none(foot, { pieces: ['a'], origin: 'part', ink: 400 - ink }),
      digit(3, 0.99, { ...middle, x: 164 }, { pieces: ['b'], origin: 'part', ink }),
    ];
    assert.deepEqual(doubts(six, ...cut(300), seven), { text: '637', doubts: [foot] });
    assert.deepEqual(doubts(six, ...cut(380), seven), { text: '637', doubts: [] });
  });

  it('is neither read nor in doubt for a part of it alone', () => {
    const letter = none({ ...middle, width: 40 }, { pieces: ['a', 'b'] });
    const stem = digit(1, 0.8, { ...middle, width: 8 }, { pieces: ['a'], origin: 'part' });
    assert.deepEqual(doubts(six, letter, stem, seven), { text: '67', doubts: [] });
  });

  it('is no doubt where it is none, far away, of another height, fainter, or of another pen', () => {
    const low = { ...middle, y: 120, height: 25 };
    for (const other of [
      none(middle),
      digit(2, 0.3, far),
      digit(2, 0.3, low),
      digit(2, 0.3, middle, { contrast: 40 }),
      digit(2, 0.3, middle, { strokeWidth: 1.5 }),
    ]) {
      assert.deepEqual(doubts(six, other, seven), { text: '67', doubts: [] });
    }
  });
});
