import { DIGIT_SIDE, type Ink } from '@inkcast/shared/normalization';
import sharp from 'sharp';

/** Longest side at which a picture is looked at; a digit is scaled to 20 pixels anyway. */
const LONGEST_SIDE = 256;
/** Least difference, of 255, between ink and paper. */
const LEAST_CONTRAST = 24;
/** Share of the full contrast below which a pixel is paper: its grain, and the shade around a stroke. */
const PAPER_SHARE = 0.2;

/**
 * Decodes a picture of one character and separates its ink from the paper: dark on light or light on dark, told by
 * which the border is. A 28x28 picture on black is in MNIST's form already and is taken as ink as it stands.
 *
 * @param file a path or the bytes of a PNG, JPEG or WebP picture
 * @returns all zero where nothing stands out from the paper
 * @throws Error from sharp where it cannot be decoded
 */
export async function pictureInk(file: string | Uint8Array): Promise<Ink> {
  const { data, info } = await sharp(file, { failOn: 'error' })
    .rotate()
    .flatten({ background: '#ffffff' })
    .grayscale()
    .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const gray = Uint8Array.from({ length: width * height }, (_, index) => data[index * channels]);
  const border = borderPixels(gray, width, height);
  const paper = border[border.length >> 1];
  const isInk = paper === 0 && width === DIGIT_SIDE && height === DIGIT_SIDE;
  return { width, height, data: isInk ? gray : separate(gray, paper) };
}

function separate(gray: Uint8Array, paper: number): Uint8Array {
  let darkest = 255;
  let lightest = 0;
  for (const value of gray) {
    darkest = Math.min(darkest, value);
    lightest = Math.max(lightest, value);
  }
  const sign = paper - darkest >= lightest - paper ? -1 : 1;
  const contrast = sign < 0 ? paper - darkest : lightest - paper;
  if (contrast < LEAST_CONTRAST) return new Uint8Array(gray.length);
  return gray.map((value) => {
    const share = (sign * (value - paper)) / contrast;
    return Math.round(255 * Math.max(0, (share - PAPER_SHARE) / (1 - PAPER_SHARE)));
  });
}

/** The values along the edge, in ascending order. */
function borderPixels(gray: Uint8Array, width: number, height: number): Uint8Array {
  return gray
    .filter((_, index) => {
      const x = index % width;
      const y = (index - x) / width;
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    })
    .sort();
}
