import type { Glyph } from '../glyphs/glyph.js';
import type { Homography, Point } from './homography.js';

/** Red, green and blue, 0 to 255, as a camera stores them. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What draws a mark. Lengths are in grid units of the glyph. */
export interface Pen {
  readonly colour: Colour;
  readonly width: number;
  /** How much of the paper the ink hides, 0 to 1. */
  readonly opacity: number;
  /** How soft the stroke's edge is, beyond what the camera's pixels make of it. */
  readonly feather: number;
  /** How much the width swells and thins along the stroke, as a share. */
  readonly pressure: number;
  /** How much the paper's grain shows through, 0 to 1: much for pencil and chalk, little for a marker. */
  readonly grain: number;
}

/** One character, where it stands on the page. Lengths are in page units. */
export interface Mark {
  readonly glyph: Glyph;
  readonly pen: Pen;
  readonly x: number;
  readonly y: number;
  /** Height of a digit. */
  readonly size: number;
  /** Width against its own. */
  readonly stretch: number;
  /** Radians; a positive slant leans to the right. */
  readonly slant: number;
  readonly angle: number;
  /** How far, in grid units, the shape is bent. */
  readonly bend: number;
  /** Whether it is a letter of a word of several: what stands around it then tells it from a digit. */
  readonly inWord?: boolean;
}

/** A line that is no character: of a form or a table, an underline, a fraction bar. */
export interface Stroke {
  /** Its corners, in page units. */
  readonly points: readonly Point[];
  /** In page units. */
  readonly width: number;
  readonly colour: Colour;
  readonly opacity: number;
  /** How far it strays from straight, in page units: 0 for print. */
  readonly wobble: number;
}

export interface RuledLines {
  readonly kind: 'ruled' | 'grid' | 'dots';
  readonly spacing: number;
  readonly width: number;
  readonly colour: Colour;
  readonly opacity: number;
  /** Radians against the page's edges. */
  readonly angle: number;
  /** Where the first line lies. */
  readonly offset: number;
}

/** What is written on. It covers `width` x `height` page units from the origin. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
  /** Deviation, in levels, of the paper's fibres and of its larger stains. */
  readonly texture: number;
  readonly stains: number;
  readonly lines: readonly RuledLines[];
  /** What is printed or drawn on it beside characters; it lies below them. */
  readonly strokes?: readonly Stroke[];
}

/** What lies around the page. */
export interface Desk {
  /** Levels of a picture of other things, in place of a figure: one for each pixel of the frame. */
  readonly backdrop?: Float32Array;
  readonly colour: Colour;
  /** Deviation, in levels, of its figure. */
  readonly figure: number;
  /** Size of the figure in pixels along and across its grain. */
  readonly along: number;
  readonly across: number;
  /** Direction of the grain in radians. */
  readonly angle: number;
}

export interface Lighting {
  /** How the light changes from left to right and from top to bottom, as a share of its mean. */
  readonly slopeX: number;
  readonly slopeY: number;
  /** How much light is lost in the corners, as a share. */
  readonly vignette: number;
  /** The edges of shadows. */
  readonly shadows: readonly Shadow[];
}

export interface Shadow {
  /** A point of its edge, as a share of the frame's size. */
  readonly x: number;
  readonly y: number;
  /** Direction into the shadow, in radians. */
  readonly angle: number;
  /** Share of the light that it takes. */
  readonly depth: number;
  /** Width of its edge in pixels. */
  readonly softness: number;
  /** How strongly its edge curves, in pixels. */
  readonly curve: number;
}

export interface Camera {
  /** Deviation of the lens's blur in pixels. */
  readonly blur: number;
  /** How far the picture moved while it was taken, in pixels, and in which direction. */
  readonly motion: number;
  readonly motionAngle: number;
  /** Deviation of the sensor's noise in levels, and how much of it stays after the camera's own smoothing. */
  readonly noise: number;
  /** Side of the noise's spots in pixels: 1 for a sharp sensor, 2 where the camera has smoothed it. */
  readonly noiseSize: number;
  /** Factors on red, green and blue: exposure and white balance. */
  readonly gain: Colour;
  /** Whether the software behind it keeps what the sensor saw: no enlargement, no halos, little compression. */
  readonly isFaithful?: boolean;
}

/** All that a picture is rendered from. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** From page units to pixels of the frame. */
  readonly view: Homography;
  readonly page: Page;
  readonly desk: Desk;
  readonly marks: readonly Mark[];
  readonly lighting: Lighting;
  readonly camera: Camera;
  /** Where in the noise the scene begins: another value, other fibres and other sensor noise. */
  readonly noiseOffset: number;
}
