import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine, type ReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import { type FrameReading, inFrameCoordinates, SteadyReader, type SteadyReading } from '@inkcast/reader/reading';
import type { Box, LumaFrame, ViewArea } from '@inkcast/reader/vision';
import { photograph } from '../../reader/vision/support/photograph.js';

const ROOT = new URL('../../../', import.meta.url);
const scene = (name: string) => decodePicture(fileURLToPath(new URL(`assets/scenes/photos/${name}.jpg`, ROOT)));

async function withEngine<T>(area: ViewArea, work: (engine: ReadingEngine) => T): Promise<T> {
  const bundle = await openCheckedBundle(fileURLToPath(new URL('models/digits', ROOT)));
  const engine = await openReadingEngine(bundle, { area });
  try {
    return work(engine);
  } finally {
    engine.close();
  }
}

function readThrough({ look, reader }: ReadingEngine, frame: LumaFrame): FrameReading {
  const view = look(frame);
  return inFrameCoordinates(view, reader.read(view.frame));
}

/** Shows one frame until the reading is steady. */
function steadily({ look, reader }: ReadingEngine, frame: LumaFrame): SteadyReading {
  const steady = new SteadyReader(reader, { look });
  for (let at = 0; at < 3000; at += 100) {
    const { change } = steady.take(frame, new Date(at));
    if (change !== undefined) return change;
  }
  throw new Error('no reading in 3 s');
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

describe('reading through a view', () => {
  it('reads the one row that the region holds, with boxes where the whole frame has them', async () => {
    const frame = await scene('02-phone');
    const whole = await withEngine({}, (engine) => readThrough(engine, frame).reading);
    assert.deepEqual(whole.rows, ['0305', '221859']);
    const second = whole.digits.filter(({ row }) => row === 1);
    const top = Math.min(...second.map(({ box }) => box.y));
    const above = Math.max(...whole.digits.filter(({ row }) => row === 0).map(({ box }) => box.y + box.height));
    const y = (above + top) / 2 / frame.height;
    const area = { regionOfInterest: { x: 0, y, width: 1, height: 1 - y } };
    await withEngine(area, (engine) => {
      for (const { text, digits } of [readThrough(engine, frame).reading, steadily(engine, frame)]) {
        assert.equal(text, '221859');
        for (const [index, { box }] of digits.entries()) {
          const [here, there] = [middle(box), middle(second[index].box)];
          assert.ok(Math.hypot(here.x - there.x, here.y - there.y) < 6, `digit ${index} is elsewhere`);
        }
      }
    });
  });

  it('reads a page at a steep angle, or upside down, once it is straightened', async () => {
    const page = await scene('01-note');
    const flat = await withEngine({}, (engine) => readThrough(engine, page).reading);
    assert.equal(flat.text, '407');
    for (const turn of [20, 180]) {
      const { frame, corners, place } = photograph(page, { tilt: 55, turn, distance: 1.1 });
      await withEngine({ perspective: corners }, (engine) => {
        for (const { text, digits } of [readThrough(engine, frame).reading, steadily(engine, frame)]) {
          assert.equal(text, '407', `turned by ${turn} degrees`);
          for (const [index, { box }] of digits.entries()) {
            const { x, y } = place(middle(flat.digits[index].box));
            const isInside = x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
            assert.ok(isInside, `the box of digit ${index} is elsewhere`);
          }
        }
      });
    }
  });
});
