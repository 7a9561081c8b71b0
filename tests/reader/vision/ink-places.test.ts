import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { handPage, LETTER_HAND } from '@inkcast/lab/synthesis';
import { type Box, inkPlaces, iou, type LumaFrame, Pyramid, type VisionOperations } from '@inkcast/reader/vision';
import { Random } from '@inkcast/training/random';
import { type Drawing, draw } from './support/draw.js';

const NAMES = ['A', 'E', 'H', 'K', 'R', 'T', 'X', 'a', 'e', 'h', 'k', 'n'];

describe('the places of ink in a frame', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });
  afterEach(() => assert.equal(operations.liveHandles, 0));

  const placesOf = (frame: LumaFrame): Box[] =>
    operations.inScope((scope) => inkPlaces(operations, new Pyramid(scope, frame)));
  const placesIn = async (drawing: Drawing): Promise<Box[]> => placesOf(await draw(drawing));
  const isThere = (places: readonly Box[], wanted: Box): boolean => places.some((box) => iou(box, wanted) > 0.75);

  it('are where characters are written, of any size, on lines or not', () => {
    const random = new Random(3);
    for (const [size, count] of [
      [24, 10],
      [60, 6],
      [170, 2],
    ]) {
      for (const ruled of [false, true]) {
        const row = Array.from({ length: count }, () => NAMES[random.integer(NAMES.length)]);
        const page = handPage(LETTER_HAND, [row], { width: 640, height: 360, size, ruled }, random);
        const places = placesOf(page);
        for (const { label, box } of page.marks) assert.ok(isThere(places, box), `${label} of ${size} pixels`);
      }
    }
  });

  it('hold the parts of a character together, and each of them alone', async () => {
    const [dot, stem] = ['M 40 20 L 40 20.1', 'M 40 45 L 40 90'];
    const i = await placesIn({ path: `${dot} ${stem}` });
    assert.ok(isThere(i, { x: 216, y: 136, width: 8, height: 78 }), 'with its dot');
    assert.ok(isThere(i, { x: 216, y: 161, width: 8, height: 53 }), 'without it');
    const equals = await placesIn({ path: 'M 20 40 L 80 40 M 20 65 L 80 65' });
    assert.ok(isThere(equals, { x: 196, y: 156, width: 68, height: 33 }));
  });

  it('hold no two characters side by side or in two rows together', async () => {
    const stroke = (x: number, y: number): string => `M ${x} ${y} L ${x} ${y + 40}`;
    const four = [stroke(20, 0), stroke(40, 0), stroke(20, 60), stroke(40, 60)];
    const places = await placesIn({ path: four.join(' ') });
    assert.equal(places.length, four.length);
  });

  it('are ink on paper: neither the paper inside of a character, nor noise, nor the shade of a shadow', async () => {
    const ring = await placesIn({ path: 'M 20 50 A 30 30 0 1 0 80 50 A 30 30 0 1 0 20 50' });
    assert.deepEqual(
      ring.map(({ width, height }) => Math.round(Math.max(width, height) / 10)),
      [7],
    );
    const shade = '<linearGradient id="g"><stop offset="0.2" stop-color="#777"/><stop offset="0.8" stop-color="#eee"/>';
    const behind = `<defs>${shade}</linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
    assert.deepEqual(await placesIn({ path: 'M 0 0', pen: 0, behind }), []);
    const random = new Random(5);
    const gray = Uint8Array.from({ length: 480 * 360 }, () => 180 + 12 * (random.next() + random.next() - 1));
    assert.deepEqual(placesOf({ width: 480, height: 360, gray }), []);
  });

  it('may be light ink on a dark board, and a character in a frame', async () => {
    const path = 'M 20 90 L 50 10 L 80 90 M 32 62 L 68 62';
    const wanted = { x: 195, y: 126, width: 70, height: 88 };
    assert.ok(isThere(await placesIn({ path, paper: '#222', ink: '#ddd' }), wanted));
    assert.ok(isThere(await placesIn({ path: `${path} M -5 -5 H 105 V 105 H -5 Z`, pen: 5 }), wanted));
  });
});
