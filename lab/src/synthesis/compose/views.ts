import type { Random } from '@inkcast/training/random';
import { type Homography, type Point, rectangleTo } from '../scene/homography.js';
import type { Camera, Lighting, Shadow } from '../scene/scene.js';

/** The pose of a page in front of a camera that is held by hand. */
export interface Pose {
  /** Place of the page's centre, in pixels of the frame. */
  readonly centre: Point;
  /** Pixels per page unit. */
  readonly scale: number;
  /** Radians. */
  readonly turn: number;
  /** Maximum shift of each corner, as a share of the page's size, because the camera does not look straight down. */
  readonly tilt: number;
}

/** The view of a page of `width` x `height` units in that pose. */
export function handheldView(width: number, height: number, pose: Pose, random: Random): Homography {
  const { centre, scale, turn, tilt } = pose;
  const corner = (x: number, y: number): Point => {
    const dx = (x - 0.5 + random.uniform(-tilt, tilt)) * width * scale;
    const dy = (y - 0.5 + random.uniform(-tilt, tilt)) * height * scale;
    return {
      x: centre.x + Math.cos(turn) * dx - Math.sin(turn) * dy,
      y: centre.y + Math.sin(turn) * dx + Math.cos(turn) * dy,
    };
  };
  return rectangleTo(width, height, [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]);
}

/** Daylight or a lamp from one side. @param strength unevenness from 0 to 1 */
export function roomLight(strength: number, shadows: readonly Shadow[], random: Random): Lighting {
  return {
    slopeX: random.uniform(-0.45, 0.45) * strength,
    slopeY: random.uniform(-0.45, 0.45) * strength,
    vignette: random.uniform(0.05, 0.5) * strength,
    shadows,
  };
}

/** The shadow of a hand or of the camera, from one side of the frame. */
export function sideShadow(random: Random, depth: number): Shadow {
  const angle = random.uniform(0, 2 * Math.PI);
  const reach = random.uniform(0.05, 0.4);
  return {
    x: 0.5 + Math.cos(angle) * reach,
    y: 0.5 + Math.sin(angle) * reach,
    angle,
    depth,
    softness: random.uniform(6, 70),
    curve: random.uniform(0, 25),
  };
}

/** A phone's or a Pi's camera. @param exposure factor on everything; `quality` 0 (poor) to 1 */
export function everydayCamera(exposure: number, quality: number, random: Random): Camera {
  const warmth = random.uniform(-0.07, 0.07);
  return {
    blur: 0.45 + (1 - quality) * random.uniform(0.3, 1.4),
    motion: 0,
    motionAngle: 0,
    noise: 1 + (1 - quality) * random.uniform(2, 8),
    noiseSize: random.next() < 0.5 ? 1 : random.uniform(1.2, 2.2),
    gain: [exposure * (1 + warmth), exposure, exposure * (1 - warmth)],
  };
}
