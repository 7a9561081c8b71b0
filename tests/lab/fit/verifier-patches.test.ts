import assert from 'node:assert/strict';
import {
  isLetter,
  labelPatch,
  PATCH_SIDE,
  type Patch,
  PICTURE_SIDE,
  plainPicture,
  samplePicture,
} from '@inkcast/lab/fit';
import { Random } from '@inkcast/training/random';
import { markOf, noise } from './support/frame.js';

const BOX = { x: 100, y: 20, width: 30, height: 50 };
const marked = (label: string, changes: object = {}) =>
  noise(300, 100, [{ ...markOf(label, BOX.x, BOX.y, BOX.width, BOX.height), ...changes }]);

describe('the label of a patch', () => {
  it('is the digit whose ink is in the box, or none where there is no mark', () => {
    for (const digit of '0123456789') assert.equal(labelPatch(BOX, marked(digit)), digit);
    assert.equal(labelPatch({ ...BOX, x: 200 }, marked('7')), 'none');
  });

  it('is none for letters, and for what looks like a digit in a word', () => {
    assert.equal(labelPatch(BOX, marked('x')), 'none');
    assert.equal(labelPatch(BOX, marked('o', { inWord: true })), 'none');
  });

  it('is its own for digits in print', () => {
    assert.equal(labelPatch(BOX, marked('printed 4')), 'printed');
  });

  it('is left open where a person could not tell either', () => {
    assert.equal(labelPatch(BOX, marked('o')), undefined);
    assert.equal(labelPatch(BOX, marked('7', { within: 0.4 })), undefined);
    assert.equal(labelPatch({ ...BOX, width: 60 }, marked('7', { box: { ...BOX, width: 20 } })), undefined);
  });

  it('is told from a letter, which needs a share of its own', () => {
    assert.deepEqual(
      ['y', 'α', '4', '+', 'printed y'].map((label) => isLetter(BOX, marked(label))),
      [true, true, false, false, false],
    );
    assert.equal(isLetter({ ...BOX, width: 60 }, marked('y', { box: { ...BOX, width: 20 } })), false);
  });
});

describe('the pictures of a patch', () => {
  const patch = (polarity: Patch['polarity'] = 'dark'): Patch => ({
    luma: Uint8Array.from({ length: PATCH_SIDE ** 2 }, (_, at) => {
      const [x, y] = [at % PATCH_SIDE, Math.floor(at / PATCH_SIDE)];
      return Math.abs(x - 31.5) < 4 && Math.abs(y - 31.5) < 12 ? 30 : 200;
    }),
    polarity,
    label: 1,
    inBareFrame: false,
    isLetter: false,
  });

  it('show its middle, dark ink dark and light ink dark', () => {
    const dark = plainPicture(patch());
    assert.equal(dark.length, PICTURE_SIDE ** 2);
    const middle = (PICTURE_SIDE / 2) * PICTURE_SIDE + PICTURE_SIDE / 2;
    assert.ok(dark[middle] < 0.2 && dark[0] > 0.5);
    const light = plainPicture(patch('light'));
    assert.ok(light[middle] > 0.8 && light[0] < 0.5);
  });

  it('vary with the seed, and are the same for the same one', () => {
    const one = samplePicture(patch(), new Random(5));
    assert.deepEqual(samplePicture(patch(), new Random(5)), one);
    assert.notDeepEqual(samplePicture(patch(), new Random(6)), one);
    assert.ok(one.every((value) => value >= 0 && value <= 1));
  });
});
