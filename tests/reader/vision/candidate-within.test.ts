import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import {
  type Box,
  candidateWithin,
  type InkCandidate,
  type InkMap,
  iou,
  Pyramid,
  type VisionOperations,
} from '@inkcast/reader/vision';
import { type Drawing, draw } from './support/draw.js';

/** Where the ink of the drawn 5 is. */
const FIVE = { x: 202, y: 124, width: 56, height: 92 };

describe('the ink within a box', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });
  afterEach(() => assert.equal(operations.liveHandles, 0));

  async function look(drawing: Drawing, box: Box, scale = 1, onInk?: (map: InkMap) => void) {
    const frame = await draw(drawing);
    return operations.inScope((scope) => candidateWithin(operations, new Pyramid(scope, frame), box, scale, onInk));
  }

  async function finds(drawing: Drawing, box: Box, wanted: Box, scale = 1): Promise<InkCandidate> {
    const found = await look(drawing, box, scale);
    assert.ok(found !== undefined);
    assert.ok(iou(found.box, wanted) > 0.85, `its ink is at (${Object.values(found.box).join(', ')})`);
    assert.ok(found.crop.some((value) => value > 200) && found.crop[0] === 0);
    return found;
  }

  it('is measured in pixels of the frame, on any octave', async () => {
    const fine = await finds({}, FIVE, FIVE);
    const coarse = await finds({}, FIVE, FIVE, 2);
    assert.deepEqual([fine.polarity, fine.scale, coarse.scale, fine.atEdge], ['dark', 1, 2, false]);
    for (const { strokeWidth, inkArea, contrast, surroundings } of [fine, coarse]) {
      assert.ok(Math.abs(strokeWidth - 8) < 2, `strokes of ${strokeWidth}`);
      assert.ok(Math.abs(inkArea / fine.inkArea - 1) < 0.2);
      assert.ok(contrast > 150 && surroundings.standsOut > 150);
      assert.ok(surroundings.paper > 0.95);
    }
  });

  it('is all of a digit that a box misses by a little, on either side', async () => {
    await finds({}, { x: 208, y: 130, width: 56, height: 92 }, FIVE);
    await finds({}, { x: 196, y: 118, width: 70, height: 104 }, FIVE);
  });

  it('may be light on dark, pale, in a gradient or on the edge of a shadow', async () => {
    const chalk = await finds({ paper: '#181818', ink: '#ddd' }, FIVE, FIVE);
    assert.equal(chalk.polarity, 'light');
    await finds({ ink: '#bbb' }, FIVE, FIVE);
    const light = '<linearGradient id="g"><stop offset="0.3" stop-color="#777"/><stop offset="0.7" stop-color="#eee"/>';
    const gradient = `<defs>${light}</linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
    await finds({ behind: gradient }, FIVE, FIVE);
    await finds({ behind: '<path d="M 0 0 H 300 L 190 360 H 0 Z" fill="#aaa"/>' }, FIVE, FIVE);
  });

  it('ends at the box where a ruled line runs through it', async () => {
    const line = '<path d="M 0 216 H 480" stroke="#222" stroke-width="3"/>';
    const { box } = await finds({ above: line }, FIVE, FIVE);
    assert.ok(box.x >= FIVE.x && box.x + box.width <= FIVE.x + FIVE.width);
  });

  it("leaves out a neighbour's ink, and dirt", async () => {
    const above = '<path d="M 268 120 V 220" stroke="#222" stroke-width="8"/><circle cx="208" cy="180" r="1.5"/>';
    const { box } = await finds({ above }, FIVE, FIVE);
    assert.ok(box.x + box.width < 264);
  });

  it('is found where a digit fills a small frame with a vignette', async () => {
    const stops = '<stop offset="0.4" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000"/>';
    const above = `<defs><radialGradient id="v" r="0.75">${stops}</radialGradient></defs><rect width="96" height="96" fill="url(#v)"/>`;
    const drawing = { width: 96, height: 96, paper: '#ccc', path: 'M 25 20 H 70 L 40 82', place: '', pen: 9, above };
    const wanted = { x: 20, y: 15, width: 55, height: 72 };
    const found = await finds(drawing, { x: 16, y: 10, width: 64, height: 80 }, wanted);
    assert.equal(found.polarity, 'dark');
    assert.ok(found.surroundings.standsOut > 0);
  });

  it('touches the edge where the frame cuts it, and a box beyond the frame is cut to it', async () => {
    const place = 'translate(-40 120)';
    const { atEdge, box } = await finds(
      { place },
      { x: -18, y: 124, width: 56, height: 92 },
      { x: 0, y: 124, width: 38, height: 92 },
    );
    assert.ok(atEdge && box.x >= 0);
    assert.equal(await look({}, { x: -60, y: -60, width: 61, height: 61 }), undefined);
    assert.equal(await look({}, { x: 500, y: 400, width: 40, height: 40 }), undefined);
  });

  it('is none on blank paper, and none in noise that is fainter than rounding', async () => {
    assert.equal(await look({ ink: '#e8e8e8' }, FIVE), undefined);
    assert.equal(await look({ ink: '#e6e6e6' }, FIVE), undefined);
  });

  it('is shown to who asks, with what stands out around it', async () => {
    const maps: InkMap[] = [];
    await look({}, FIVE, 2, (map) => maps.push(map));
    const [map] = maps;
    assert.deepEqual([maps.length, map.scale, map.polarity], [1, 2, 'dark']);
    assert.equal(map.contrast.length, map.width * map.height);
    assert.ok(map.x < FIVE.x / 2 && map.x + map.width > (FIVE.x + FIVE.width) / 2);
    assert.ok(Math.max(...map.contrast) > 150);
    assert.equal(map.contrast[0], 0);
  });
});
