import type { Random } from '@inkcast/training/random';
import type { Characters } from '../compose/characters.js';
import type { TextureFrame } from '../compose/dead-leaves.js';
import type { Content, Sheet } from '../compose/sheet.js';
import type { NoiseTile } from '../noise-tile.js';
import type { Scene } from '../scene/scene.js';

/** The inputs of every frame. */
export interface Studio {
  readonly characters: Characters;
  readonly noise: NoiseTile;
}

/** Draws a frame of a kind: a scene whose picture is then taken, or a picture without any writing. */
export type Compose = (studio: Studio, random: Random) => Promise<Scene | TextureFrame>;

/** Draws the content of a sheet of a kind. */
export type Fill = (sheet: Sheet, characters: Characters, random: Random) => Promise<Content>;
