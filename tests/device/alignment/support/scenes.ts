import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { decodePicture } from '@inkcast/device/camera';
import type { LumaFrame } from '@inkcast/reader/vision';

const FOLDER = fileURLToPath(new URL('../../../../assets/scenes/photos/', import.meta.url));
/** What lies around a view, so that the camera can be turned. */
export const MARGIN = 70;
const NOISE = 9;

export interface Scene {
  readonly name: string;
  readonly frame: LumaFrame;
}

export async function scenes(): Promise<Scene[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.jpg'));
  return Promise.all(names.map(async (name) => ({ name, frame: await scene(name) })));
}

export const scene = (name: string): Promise<LumaFrame> => decodePicture(`${FOLDER}${name}`);

/** How a camera sees a scene. */
export interface Look {
  /** Pixels by which all that it sees has moved to the right and down; at most the margin. */
  readonly dx?: number;
  readonly dy?: number;
  /** Another luma for one, at a place in shares of the view's sides. */
  readonly light?: (luma: number, x: number, y: number) => number;
  /** Another one for another noise. */
  readonly seed?: number;
}

/** A view of the middle of a scene, with noise that no two views share. */
export function view(
  { width, height, gray }: LumaFrame,
  { dx = 0, dy = 0, light = (luma) => luma, seed = 1 }: Look = {},
) {
  const [across, down] = [width - 2 * MARGIN, height - 2 * MARGIN];
  let state = (seed * 2654435761) >>> 0;
  const noise = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 4294967296 - 0.5) * NOISE;
  };
  const seen = Uint8ClampedArray.from({ length: across * down }, (_, at) => {
    const [x, y] = [at % across, Math.floor(at / across)];
    const luma = gray[(y + MARGIN - dy) * width + x + MARGIN - dx];
    return light(luma, x / across, y / down) + noise();
  });
  return { width: across, height: down, gray: new Uint8Array(seen.buffer) };
}

/** Light that changes after the reference was taken. */
export const LIGHTS: Readonly<Record<string, NonNullable<Look['light']>>> = {
  'half as strong': (luma) => luma / 2,
  'stronger, and clipped': (luma) => 1.4 * luma + 10,
  'from the right': (luma, x) => luma * (0.4 + 0.8 * x),
  'of a lamp': (luma, x, y) => 0.6 * luma + 90 * Math.exp(-((x - 0.3) ** 2 + (y - 0.3) ** 2) * 12),
  'with a hard shadow': (luma, x, y) => (x + 0.3 * y > 0.6 ? 0.45 * luma : luma),
};

/** What a covered lens sees. */
export const COVERS: Readonly<Record<string, NonNullable<Look['light']>>> = {
  'a cap': () => 3,
  'a hand': (_, x) => 40 + 60 * x,
};
