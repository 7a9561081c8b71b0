import assert from 'node:assert/strict';
import { WORKING_SIDE } from '@inkcast/device/camera';
import { ALTERATIONS } from '@inkcast/lab/score';
import type { LumaFrame } from '@inkcast/reader/vision';
import { Random } from '@inkcast/training/random';
import fc from 'fast-check';

/** Levels. At quality 30 JPEG keeps a block's mean to 27 eighths of a level (ITU T.81, table K.1). */
const TOLERANCE = 2;

const flat = (width: number, height: number, level: number): LumaFrame => ({
  width,
  height,
  gray: new Uint8Array(width * height).fill(level),
});

/** The centre of the pixels that are darker than the paper, as shares of the sides. */
function inkCentre({ width, height, gray }: LumaFrame): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  gray.forEach((level, at) => {
    const ink = Math.max(0, 200 - level);
    mass += ink;
    x += ink * ((at % width) + 0.5);
    y += ink * (Math.floor(at / width) + 0.5);
  });
  return { x: x / mass / width, y: y / mass / height };
}

/** Paper with a dark square around a place. */
function withSpot(centreX: number, centreY: number): LumaFrame {
  const picture = flat(200, 100, 220);
  for (let y = centreY - 4; y < centreY + 4; y++) picture.gray.fill(30, y * 200 + centreX - 4, y * 200 + centreX + 4);
  return picture;
}

describe('altered copies', () => {
  it('are twelve, the same for the same seed', async () => {
    const names = Object.keys(ALTERATIONS);
    assert.equal(names.length, 12);
    for (const name of names) {
      const [once, again] = [
        await ALTERATIONS[name](withSpot(60, 40), new Random(3)),
        await ALTERATIONS[name](withSpot(60, 40), new Random(3)),
      ];
      assert.deepEqual(once, again, name);
      assert.equal(once.gray.length, once.width * once.height, name);
    }
  });

  it('keep the paper of a flat picture flat, and only exposure and noise change its level', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(ALTERATIONS).filter((name) => !/exposure|noise/.test(name))),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer(),
        async (name, width, height, level, seed) => {
          const { gray } = await ALTERATIONS[name](flat(width, height, level), new Random(seed));
          for (const value of gray) assert.ok(Math.abs(value - level) <= TOLERANCE, `${name}: ${value} for ${level}`);
        },
      ),
      { numRuns: 60 },
    ));

  it('have the sizes that they are called by, never above what a file is read at', async () => {
    const half = await ALTERATIONS['half the size'](flat(200, 100, 9), new Random(1));
    assert.deepEqual([half.width, half.height], [100, 50]);
    const twice = await ALTERATIONS['twice the size'](flat(200, 100, 9), new Random(1));
    assert.deepEqual([twice.width, twice.height], [400, 200]);
    const most = await ALTERATIONS['twice the size'](flat(1000, 10, 9), new Random(1));
    assert.deepEqual([most.width, most.height], [WORKING_SIDE, 13]);
  });

  it('turn clockwise to the right and counterclockwise to the left, by three degrees', async () => {
    const spot = withSpot(160, 50);
    const right = inkCentre(await ALTERATIONS['turned right'](spot, new Random(1)));
    const left = inkCentre(await ALTERATIONS['turned left'](spot, new Random(1)));
    const fall = 60 * Math.sin((3 * Math.PI) / 180);
    assert.ok(Math.abs(right.y * 100 - (50 + fall)) < 0.2, `${right.y}`);
    assert.ok(Math.abs(left.y * 100 - (50 - fall)) < 0.2, `${left.y}`);
  });

  it('move nothing far in another perspective, and darken, brighten and disturb', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { x, y } = inkCentre(await ALTERATIONS.perspective(withSpot(60, 40), new Random(seed)));
      assert.ok(Math.abs(x - 0.3) < 0.1 && Math.abs(y - 0.4) < 0.1, `${x}, ${y}`);
    }
    const dark = await ALTERATIONS['less exposure'](flat(9, 9, 200), new Random(1));
    assert.equal(dark.gray[0], 120);
    const bright = await ALTERATIONS['more exposure'](flat(9, 9, 220), new Random(1));
    assert.equal(bright.gray[0], 255);
    const { gray } = await ALTERATIONS.noise(flat(100, 100, 128), new Random(1));
    const deviation = Math.sqrt(gray.reduce((sum, level) => sum + (level - 128) ** 2, 0) / gray.length);
    assert.ok(Math.abs(deviation - 8) < 0.5, `a deviation of ${deviation}`);
  });
});
