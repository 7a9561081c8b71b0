import assert from 'node:assert/strict';
import { classifyCandidates, type ScoredCandidate } from '@inkcast/device/reading';
import type { InkProposals, Proposal } from '@inkcast/device/vision';
import { digit, inRow, none } from './support/scored.js';

/** The candidates, in the order in which the classifier is asked about them. */
function asked(scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  const order: ScoredCandidate[] = [];
  const proposals = scored.map(
    ({ candidate }): Proposal => ({
      ...candidate,
      examine: () => (candidate.surroundings.paper === 0 ? undefined : candidate),
    }),
  );
  const isWhole = ({ origin }: Proposal): boolean => origin === 'piece' || origin === 'faint';
  const found: InkProposals = {
    pieces: proposals.filter(isWhole),
    derive: () => proposals.filter((proposal) => !isWhole(proposal)),
  };
  const result = classifyCandidates(found, (candidate) => {
    const item = scored.find((other) => other.candidate === candidate);
    assert.ok(item !== undefined);
    order.push(item);
    return item.classification;
  });
  assert.deepEqual(result, order);
  return order;
}

describe('what the classifier is asked about', () => {
  const [first, second] = inRow([100, 140]);
  const both = { ...first, width: 70 };

  it('is all that is not surely a digit, and whatever may hold it', () => {
    const left = digit(5, 0.9, first, { pieces: ['a'] });
    const bar = none(second, { pieces: ['b'] });
    const whole = digit(5, 0.999, both, { pieces: ['a', 'b'], origin: 'join' });
    assert.deepEqual(new Set(asked([whole, bar, left])), new Set([left, bar, whole]));
  });

  it('is nothing without paper around it, nor a part of that', () => {
    const piece = digit(5, 0.9, both, { pieces: ['a', 'b'], paper: 0 });
    const part = digit(3, 0.9, first, { pieces: ['a'], origin: 'part' });
    const beside = none(second, { pieces: ['c'] });
    assert.deepEqual(asked([piece, part, beside]), [beside]);
  });

  it('is no join of digits that stand by themselves, but a join of one with something else', () => {
    const left = digit(5, 0.999, first, { pieces: ['a'] });
    const right = digit(7, 0.999, second, { pieces: ['b'] });
    const stroke = none({ ...second, x: 180 }, { pieces: ['c'] });
    const joined = digit(4, 0.999, both, { pieces: ['a', 'b'], origin: 'join' });
    const withStroke = digit(4, 0.5, { ...second, width: 70 }, { pieces: ['b', 'c'], origin: 'join' });
    const order = asked([joined, withStroke, left, right, stroke]);
    assert.ok(!order.includes(joined));
    assert.ok(order.includes(withStroke));
  });

  it('is no part of a digit, but the parts of what is none', () => {
    const part = (box: ScoredCandidate['candidate']['box'], pieces: readonly string[]) =>
      digit(1, 0.9, box, { pieces, origin: 'part' });
    const zero = digit(0, 0.999, first, { pieces: ['a', 'b'] });
    const pair = none(second, { pieces: ['c', 'd'] });
    const order = asked([part(first, ['a']), part(second, ['c']), part(second, ['d']), zero, pair]);
    assert.deepEqual(order.map(({ candidate }) => candidate.pieces.join()).sort(), ['a,b', 'c', 'c,d', 'd']);
  });

  it('is the faint ends of a digit too: they may make another one of it', () => {
    const strong = digit(1, 0.999, first, { pieces: ['a'] });
    const faint = digit(7, 0.999, both, { pieces: ['a/faint'], origin: 'faint' });
    assert.ok(asked([faint, strong]).includes(faint));
  });

  it('is the scale that shows a digit most strongly, and another one only where that is in doubt', () => {
    const fine = digit(3, 0.999, first, { pieces: ['a'], contrast: 120 });
    const coarse = digit(3, 0.999, first, { pieces: ['A'], contrast: 100, scale: 2 });
    assert.deepEqual(asked([coarse, fine]), [fine]);
    const doubtful = digit(3, 0.7, first, { pieces: ['a'], contrast: 120 });
    assert.deepEqual(asked([coarse, doubtful]), [doubtful, coarse]);
  });

  it('leaves out joins and parts of what stands for a digit on another scale', () => {
    const fine = inRow([100, 140]).map((box, index) => digit(3, 0.999, box, { pieces: [`a${index}`], contrast: 120 }));
    const coarse = inRow([100, 140]).map((box, index) => none(box, { pieces: [`A${index}`], contrast: 90, scale: 2 }));
    const joined = none(both, { pieces: ['A0', 'A1'], contrast: 90, scale: 2, origin: 'join' });
    assert.deepEqual(asked([joined, ...coarse, ...fine]), fine);
  });
});
