import { PgmCutter, Yuv420Cutter } from '@inkcast/device/camera';
import type { LumaFrame } from '@inkcast/reader/vision';
import type { Random } from '@inkcast/training/random';
import sharp from 'sharp';
import { openReader } from '../../models/index.js';
import { inRepository } from '../../repository/index.js';
import { chunksOf, fuzzedBytes, pick, randomBytes } from '../mutate.js';
import type { OpenTarget } from '../target.js';

/** Larger frames take longer, and have no more edges. */
const MAX_SIDE_PIXELS = 160;
const SCENES = ['01-note.jpg', '03-sums.jpg', '04-single.jpg'];

/** Frames in the streams of camera programs, read by the whole reader. */
export const open: OpenTarget = async () => {
  const engine = await openReader();
  const scenes = await Promise.all(SCENES.map(smallScene));
  const streams = scenes.map(pgmOf);
  const read = (frame: LumaFrame): void => {
    // A stream out of step may name any size; only its cutter is of interest then.
    if (frame.width * frame.height <= MAX_SIDE_PIXELS * MAX_SIDE_PIXELS) engine.reader.read(frame);
  };
  return {
    feed: async (random) => {
      const way = random.integer(4);
      if (way === 0) read(drawnFrame(random));
      else if (way === 1) read(changedScene(random, pick(random, scenes)));
      else {
        const bytes = fuzzedBytes(random, { samples: streams, words: ['P5\n', ' 255\n', '\n16384 '] });
        const cutter = way === 2 ? new PgmCutter() : new Yuv420Cutter({ width: 60, height: 40, rowBytes: 64 });
        for (const chunk of chunksOf(random, bytes)) for (const frame of cutter.push(chunk)) read(frame);
      }
    },
    handles: () => engine.operations.liveHandles,
    close: async () => engine.close(),
  };
};

async function smallScene(name: string): Promise<LumaFrame> {
  const { data, info } = await sharp(inRepository(`assets/scenes/photos/${name}`))
    .resize(MAX_SIDE_PIXELS, MAX_SIDE_PIXELS, { fit: 'inside' })
    .grayscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, gray: data };
}

const pgmOf = ({ width, height, gray }: LumaFrame): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), gray]);

/** Noise, one shade, or stripes, of any size. */
function drawnFrame(random: Random): LumaFrame {
  const width = 1 + random.integer(MAX_SIDE_PIXELS);
  const height = 1 + random.integer(MAX_SIDE_PIXELS);
  const kind = random.integer(3);
  if (kind === 0) return { width, height, gray: randomBytes(random, width * height) };
  const [one, other, step] = [random.integer(256), kind === 1 ? 0 : random.integer(256), 1 + random.integer(width)];
  const shade = (index: number): number => (kind === 2 && Math.floor(index / step) % 2 === 0 ? other : one);
  return { width, height, gray: Uint8Array.from({ length: width * height }, (_, index) => shade(index)) };
}

function changedScene(random: Random, { width, height, gray }: LumaFrame): LumaFrame {
  const bytes = fuzzedBytes(random, { samples: [gray], maxRandomBytes: gray.length });
  const fitting = Buffer.alloc(width * height, random.integer(256));
  bytes.copy(fitting);
  return { width, height, gray: fitting };
}
