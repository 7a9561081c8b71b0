import assert from 'node:assert/strict';
import {
  type Box,
  type Candidate,
  likeness,
  openOpenCvWasm,
  proposeCandidates,
  type VisionOperations,
} from '@inkcast/device/vision';
import sharp from 'sharp';

const WIDTH = 480;
const HEIGHT = 360;

/** Strokes of a 5 in a square of 100: the body, and the bar on top. */
const BODY = 'M 30 10 L 26 45 Q 70 35 72 65 Q 70 95 30 92';
const BAR = 'M 40 8 L 74 8';

interface Drawing {
  readonly paper?: string;
  readonly ink?: string;
  readonly pen?: number;
  readonly paths?: readonly string[];
  readonly place?: string;
  readonly behind?: string;
}

/** Draws strokes as a camera might see them, in a frame of WIDTH x HEIGHT. */
async function draw({ paper = '#e8e8e8', ink = '#222', pen = 8, paths = [BODY, BAR], ...rest }: Drawing) {
  const { place = 'translate(180 120)', behind = '' } = rest;
  const strokes = paths.map((path) => `<path d="${path}"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs><linearGradient id="light"><stop offset="0" stop-color="#777"/><stop offset="1" stop-color="#eee"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="${paper}"/>${behind}
    <g transform="${place}" fill="none" stroke="${ink}" stroke-width="${pen}" stroke-linecap="round">${strokes}</g></svg>`;
  const gray = await sharp(Buffer.from(svg)).grayscale().raw().toBuffer();
  return { width: WIDTH, height: HEIGHT, gray };
}

const area = ({ width, height }: Box): number => width * height;

function closest(candidates: readonly Candidate[], wanted: Box): Candidate {
  const [best] = [...candidates].sort((a, b) => likeness(b.box, wanted) - likeness(a.box, wanted));
  assert.ok(best !== undefined, 'nothing was proposed');
  return best;
}

describe('the proposer of candidates', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });

  const five = { x: 202, y: 124, width: 56, height: 96 };

  async function finds(drawing: Drawing, wanted: Box): Promise<Candidate> {
    const best = closest(proposeCandidates(operations, await draw(drawing)), wanted);
    const found = Object.values(best.box).join(', ');
    assert.ok(likeness(best.box, wanted) > 0.8, `the closest proposal is (${found})`);
    assert.ok(best.crop.some((value) => value > 200));
    return best;
  }

  it('joins a 5 with the bar that stands off from it', async () => {
    const { pieces } = await finds({}, five);
    assert.equal(pieces.length, 2);
  });

  it('joins it on paper that is printed all over with short faint lines', async () => {
    const lines = Array.from({ length: 40 }, (_, line) => `M ${6 + 12 * line} 0 V 360`).join(' ');
    const behind = `<path d="${lines}" stroke="#b8b8b8" stroke-width="2" stroke-dasharray="14 6"/>`;
    const { pieces } = await finds({ behind, pen: 5, place: 'translate(380 120)' }, { ...five, x: 402 });
    assert.equal(pieces.length, 2);
  });

  it('joins a 5 with a bar that stands off a good part of its height', async () => {
    const { pieces } = await finds({ paths: [BODY, 'M 40 -20 L 74 -22'] }, { ...five, y: 94, height: 122 });
    assert.equal(pieces.length, 2);
  });

  it('joins a 5 with a foot that stands off more than a quarter of its height', async () => {
    const paths = ['M 74 10 L 34 14 Q 24 44 62 44', 'M 26 76 L 66 74'];
    const { origin } = await finds({ paths }, { x: 202, y: 126, width: 56, height: 74 });
    assert.equal(origin, 'join');
  });

  it('joins a wide and flat 5 with a bar that was drawn past it', async () => {
    const flat = ['M 30 40 L 26 55 Q 70 48 72 70 Q 70 92 30 90', 'M 84 34 L 118 30'];
    const { origin } = await finds({ paths: flat }, { x: 202, y: 146, width: 100, height: 68 });
    assert.equal(origin, 'join');
  });

  it('finds light ink on dark, also small writing in chalk', async () => {
    assert.equal((await finds({ paper: '#181818', ink: '#ddd' }, five)).polarity, 'light');
    const small = { x: 190, y: 122, width: 25, height: 43 };
    const chalk = { paper: '#181818', ink: '#aaa', pen: 11, place: 'translate(180 120) scale(0.45)' };
    assert.equal((await finds({ ...chalk, paths: [BODY, 'M 28 10 L 74 8'] }, small)).polarity, 'light');
  });

  it('finds ink in a steep gradient of light, in a shadow, on ruled paper, and pale ink', async () => {
    await finds({ behind: '<rect width="100%" height="100%" fill="url(#light)"/>' }, five);
    await finds({ behind: '<path d="M 0 0 H 220 L 150 360 H 0 Z" fill="#999"/>' }, five);
    const lines = Array.from({ length: 12 }, (_, line) => `<path d="M 0 ${20 + 30 * line} H 480" stroke="#bcd"/>`);
    await finds({ behind: lines.join('') }, five);
    await finds({ ink: '#bbb' }, five);
  });

  it('finds ink on a printed grid that is strong enough to join all of it into one piece', async () => {
    const across = Array.from({ length: 18 }, (_, line) => `M 0 ${10 + 28 * line} H ${WIDTH}`);
    const down = Array.from({ length: 24 }, (_, line) => `M ${10 + 28 * line} 0 V ${HEIGHT}`);
    const grid = `<path d="${[...across, ...down].join(' ')}" stroke="#999" stroke-width="3"/>`;
    await finds({ behind: grid, pen: 4, paths: [BODY] }, { x: 204, y: 128, width: 50, height: 86 });
  });

  it('finds a thick marker whole, not as its outline', async () => {
    const thick = await finds({ pen: 26, paths: [BODY] }, { x: 193, y: 117, width: 72, height: 108 });
    assert.ok(thick.crop[14 * 28 + 14] > 0 || thick.inkArea > 4000);
    assert.ok(thick.inkArea > 0.35 * area(thick.box));
  });

  it('finds a digit that nearly fills the frame, and one of 24 pixels beside it', async () => {
    await finds({ place: 'translate(60 8) scale(3.5)', paths: [BODY] }, { x: 137, y: 29, width: 189, height: 315 });
    await finds({ place: 'translate(300 200) scale(0.25)' }, { x: 305, y: 201, width: 14, height: 24 });
  });

  it('cuts digits that touch, and offers the parts', async () => {
    const one = 'M 0 0 V 80';
    const seven = 'M 0 40 H 40 M 40 0 H 90 L 60 80';
    const frame = await draw({ paths: [one, seven], pen: 7 });
    const candidates = proposeCandidates(operations, frame);
    const part = closest(candidates, { x: 216, y: 116, width: 58, height: 88 });
    assert.ok(likeness(part.box, { x: 216, y: 116, width: 58, height: 88 }) > 0.7);
  });

  it('follows a stroke that grows faint on its way', async () => {
    const faint = '<path d="M 200 128 Q 150 170 200 212" stroke="#aaa" stroke-width="8" fill="none"/>';
    const strong = 'M 20 92 Q 80 50 20 8';
    await finds({ paths: [strong], behind: faint }, { x: 171, y: 124, width: 63, height: 92 });
  });

  it('proposes nothing on blank paper, with the noise of a sensor or without', async () => {
    const blank = await draw({ paths: [] });
    assert.deepEqual(proposeCandidates(operations, blank), []);
    const noisy = blank.gray.map((value, at) => value + ((Math.imul(at, 0x9e3779b1) >>> 24) % 7));
    assert.deepEqual(proposeCandidates(operations, { ...blank, gray: noisy }), []);
  });

  it('leaves out what rises so little above the noise that its outline is noise, as bits of a printed grid do', async () => {
    assert.deepEqual(proposeCandidates(operations, await draw({ ink: '#dcdcdc' })), []);
    await finds({ ink: '#c8c8c8' }, five);
  });

  it('leaves out what is solid: blots and filled shapes are no strokes', async () => {
    const disc = '<circle cx="240" cy="180" r="60" fill="#111"/>';
    const candidates = proposeCandidates(operations, await draw({ paths: [], behind: disc }));
    assert.deepEqual(candidates, []);
  });

  it('keeps no native memory', async () => {
    const frame = await draw({});
    for (let round = 0; round < 5; round++) proposeCandidates(operations, frame);
    const heap = operations.heapBytes;
    for (let round = 0; round < 50; round++) proposeCandidates(operations, frame);
    assert.equal(operations.liveHandles, 0);
    assert.equal(operations.heapBytes, heap);
  });
});
