import { decodeBytes, MultipartParser } from '@inkcast/device/camera';
import sharp from 'sharp';
import { inRepository } from '../../repository/index.js';
import { chunksOf, fuzzedBytes } from '../mutate.js';
import type { OpenTarget } from '../target.js';

const SIDE_PIXELS = 96;
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const;

/** JPEGs, pictures of other formats, and the streams of network cameras. */
export const open: OpenTarget = async () => {
  const scene = sharp(inRepository('assets/scenes/photos/01-note.jpg')).resize(SIDE_PIXELS);
  const pictures = await Promise.all(FORMATS.map((format) => scene.clone().toFormat(format).toBuffer()));
  const [jpeg] = pictures;
  // JPEGs are what cameras send, so most samples are JPEGs.
  const samples = [jpeg, await scene.clone().jpeg({ progressive: true }).withExif({}).toBuffer(), jpeg, ...pictures];
  const part = Buffer.from(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
  const stream = Buffer.concat([part, jpeg, Buffer.from('\r\n'), part, jpeg, Buffer.from('\r\n--frame--\r\n')]);
  const words = ['--frame', '\r\n\r\n', 'Content-Length: 99999999', '\xff\xd8\xff', '\xff\xd9'];
  return {
    feed: async (random) => {
      if (random.integer(4) > 0) {
        await decodeBytes(fuzzedBytes(random, { samples }), 'the picture');
        return;
      }
      const parser = new MultipartParser(random.integer(2) === 0 ? 'frame' : undefined);
      const bodies = chunksOf(random, fuzzedBytes(random, { samples: [stream], words })).flatMap((chunk) =>
        parser.push(chunk),
      );
      for (const body of [...bodies, parser.end() ?? jpeg]) await decodeBytes(body, 'the picture');
    },
    close: async () => {},
  };
};
