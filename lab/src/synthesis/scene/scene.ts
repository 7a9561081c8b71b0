import type { Glyph } from '../glyphs/glyph.js';
import type { Homography, Point } from './homography.js';

/** Red, green and blue, 0 to 255, as a camera stores them. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The pen of a mark. Lengths are in grid units of the glyph. */
export interface Pen {
  readonly colour: Colour;
  readonly width: number;
  /** Opacity of the ink, 0 to 1. */
  readonly opacity: number;
  /** Softness of the stroke's edge, in addition to that of the camera's pixels. */
  readonly feather: number;
  /** Variation of the width along the stroke, as a share. */
  readonly pressure: number;
  /** Visibility of the paper's grain, 0 to 1: high for pencil and chalk, low for a marker. */
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
  /** Factor for the glyph's width. */
  readonly stretch: number;
  /** Radians; a positive slant leans to the right. */
  readonly slant: number;
  readonly angle: number;
  /** Distortion of the shape in grid units. */
  readonly bend: number;
  /** Whether it is a letter of a longer word, whose other letters distinguish it from a digit. */
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
  /** Deviation from a straight line in page units; 0 for print. */
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
  /** Place of the first line. */
  readonly offset: number;
}

/** The page. It covers `width` x `height` page units from the origin. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
  /** Deviation, in levels, of the paper's fibres and of its larger stains. */
  readonly texture: number;
  readonly stains: number;
  readonly lines: readonly RuledLines[];
  /** Print and drawings below the characters. */
  readonly strokes?: readonly Stroke[];
}

/** The surroundings of the page. */
export interface Desk {
  /** Levels of a picture of other objects, one per pixel of the frame. It replaces the pattern. */
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
  /** Change of the light from left to right and from top to bottom, as a share of its mean. */
  readonly slopeX: number;
  readonly slopeY: number;
  /** Loss of light in the corners, as a share. */
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
  /** Share of the light that it blocks. */
  readonly depth: number;
  /** Width of its edge in pixels. */
  readonly softness: number;
  /** Curvature of its edge in pixels. */
  readonly curve: number;
}

export interface Camera {
  /** Deviation of the lens's blur in pixels. */
  readonly blur: number;
  /** Movement of the picture during the exposure: length in pixels, and direction. */
  readonly motion: number;
  readonly motionAngle: number;
  /** Deviation of the sensor noise in levels, after the camera's noise reduction. */
  readonly noise: number;
  /** Side of the noise's spots in pixels: 1 for a sharp sensor, 2 where the camera has smoothed it. */
  readonly noiseSize: number;
  /** Factors on red, green and blue: exposure and white balance. */
  readonly gain: Colour;
  /** Whether the camera's software keeps the quality: no enlargement, no halos, little compression. */
  readonly isFaithful?: boolean;
}

/** The complete description of a rendered picture. */
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
  /** Start of the scene in the noise. Another value gives other fibres and other sensor noise. */
  readonly noiseOffset: number;
}
