import { READER_NUMBERS } from '../numbers/index.js';
import { connectedPieces } from './connected-pieces.js';
import type { Box } from './geometry.js';
import { histogramWithin } from './histogram.js';
import { blurred, contrastOf, polarityOf } from './ink-map.js';
import { type JoinedBox, joinedBoxes } from './joined-boxes.js';
import type { VisionOperations } from './operations.js';
import type { Picture } from './picture.js';
import type { Pyramid } from './pyramid.js';

/** A box, with the number of components that it joins. */
type Place = Box & Pick<JoinedBox, 'parts'>;

const POLARITIES = ['dark', 'light'] as const;

/**
 * The places of a frame whose ink may be one character, found without knowing any character: connected components of
 * ink, and neighbours that may be the parts of one character. Each octave is searched for ink of its own range of sizes.
 * The places overlap where the same ink can be taken in several ways; a classifier has to choose between them.
 *
 * @returns boxes in pixels of the frame: components alone first, and the largest first, at most `inkMaxPlaces`
 */
export function inkPlaces(operations: VisionOperations, pyramid: Pyramid): Box[] {
  const { inkLongest, inkShortest, inkShortestFinest, inkMaxPlaces } = READER_NUMBERS;
  const places: Place[] = [];
  for (let scale = 1; ; scale *= 2) {
    const level = pyramid.level(scale);
    if (Math.max(level.width, level.height) < inkLongest.value) break;
    const shortest = scale === 1 ? inkShortestFinest.value : inkShortest.value;
    const gray = blurred(operations, level);
    for (const polarity of POLARITIES) {
      const bytes = contrastOf(operations, gray, inkLongest.value, polarity);
      const pieces = piecesOf({ width: level.width, height: level.height, bytes });
      const { value: longest } = inkLongest;
      for (const { box, parts } of joinedBoxes(pieces, { shortest, longest })) {
        // Light ink among dark ink is paper, such as the inside of an O.
        if (polarityOf(gray, box) !== polarity) continue;
        const { x, y, width, height } = box;
        places.push({ parts, x: x * scale, y: y * scale, width: width * scale, height: height * scale });
      }
    }
  }
  return places
    .sort((a, b) => a.parts - b.parts || b.width * b.height - a.width * a.height)
    .slice(0, inkMaxPlaces.value)
    .map(({ parts: _, ...box }) => box);
}

/**
 * The boxes of the pieces of ink. A component above the noise is cut again at half of its own contrast, where the edge
 * between ink and paper lies; what is much fainter than the ink, such as a ruled line, then falls off.
 */
function piecesOf(contrast: Picture): Box[] {
  const whole = { x: 0, y: 0, width: contrast.width, height: contrast.height };
  const floor = noiseFloor(contrast, whole);
  return connectedPieces(contrast, whole, floor)
    .filter(({ length }) => length >= READER_NUMBERS.inkMinPixels.value)
    .flatMap((piece) => cutAgain(contrast, piece, floor));
}

function cutAgain({ width, bytes }: Picture, piece: Int32Array, floor: number): Box[] {
  const box = boxOfPixels(piece, width);
  // Only its own pixels: its box may hold some of its neighbours'.
  const own = { width: box.width, height: box.height, bytes: new Uint8Array(box.width * box.height) };
  for (const at of piece) own.bytes[(Math.floor(at / width) - box.y) * box.width + (at % width) - box.x] = bytes[at];
  const threshold = Math.max(floor, READER_NUMBERS.inkCut.value * strongestOf(bytes, piece));
  return connectedPieces(own, { ...box, x: 0, y: 0 }, threshold)
    .filter(({ length }) => length >= READER_NUMBERS.inkMinPixels.value)
    .map((part) => boxOfPixels(part, box.width))
    .map((part) => ({ ...part, x: part.x + box.x, y: part.y + box.y }));
}

/** The contrast that the strongest `inkStrongestShare` of a component's pixels reach. */
function strongestOf(bytes: Uint8Array, piece: Int32Array): number {
  const counts = new Uint32Array(256);
  for (const at of piece) counts[bytes[at]]++;
  let left = READER_NUMBERS.inkStrongestShare.value * piece.length;
  let value = 255;
  while (value > 0 && left > counts[value]) left -= counts[value--];
  return value;
}

/** The contrast above which there is ink: most of a picture is paper, and its contrast is noise. */
function noiseFloor({ width, bytes }: Picture, whole: Box): number {
  const { inkNoiseDeviations, inkMinContrast, madToDeviation } = READER_NUMBERS;
  const counts = histogramWithin(bytes, width, whole);
  const middle = medianOf(counts);
  const distances = new Uint32Array(256);
  counts.forEach((count, value) => {
    distances[Math.abs(value - middle)] += count;
  });
  const deviation = madToDeviation.value * medianOf(distances);
  return Math.max(inkMinContrast.value, middle + inkNoiseDeviations.value * deviation);
}

function medianOf(counts: Uint32Array): number {
  let left = counts.reduce((sum, count) => sum + count, 0) / 2;
  let value = 0;
  while (value < counts.length - 1 && left > counts[value]) left -= counts[value++];
  return value;
}

function boxOfPixels(piece: Int32Array, width: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const at of piece) {
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
