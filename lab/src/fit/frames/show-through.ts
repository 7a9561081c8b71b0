import type { Random } from '@inkcast/training/random';
import type { Kind } from '../../synthesis/index.js';
import type { StoredFrame } from './frame-file.js';

/**
 * Kinds of frames that are a sheet written on: they get a back. A frame without writing has no paper that it could show
 * through, a closeup is filled by its one digit, and pages of print or words hold hardly a digit to learn from. Boards
 * have no back, but choose the limits together with scatter, and these must hold for show-through too.
 */
export const PAGE_KINDS: readonly Kind[] = ['lines', 'ruled', 'form', 'table', 'equation', 'board', 'scatter', 'scene'];

/** Kinds of frames that are a back: dense with printed or written ink, on paper that fills the frame. */
export const BACK_KINDS: readonly Kind[] = ['print', 'writing', 'form', 'table'];

/** Share of a back's pixels that are no lighter than its paper: ink and shadow are fewer than the others. */
const PAPER_SHARE = 0.8;

/** Share of the page's light that full ink on the back takes away: from hardly seen to that of thin paper. */
const MIN_STRENGTH = 0.05;
const MAX_STRENGTH = 0.28;

/** Pixels of the page to one of the back: its writing may be smaller or larger. */
const MIN_ZOOM = 0.6;
const MAX_ZOOM = 1.4;

/**
 * The page as it looks where its back shows through: mirrored, faint, its strength, size and place drawn. A back that
 * is smaller than the page is repeated. Each pixel is multiplied by 1 - strength * (1 - back / paper) and never gets
 * lighter; kind and marks are the page's, since nothing on a back is to be read.
 */
export function showThrough(page: StoredFrame, back: StoredFrame, random: Random): StoredFrame {
  const strength = random.uniform(MIN_STRENGTH, MAX_STRENGTH);
  const zoom = random.uniform(MIN_ZOOM, MAX_ZOOM);
  const left = random.integer(back.width);
  const top = random.integer(back.height);
  const paper = paperOf(back);
  const gray = new Uint8Array(page.gray.length);
  for (let y = 0; y < page.height; y++) {
    const row = ((Math.floor(y / zoom) + top) % back.height) * back.width;
    for (let x = 0; x < page.width; x++) {
      const column = back.width - 1 - ((Math.floor(x / zoom) + left) % back.width);
      const ink = Math.max(0, 1 - back.gray[row + column] / paper);
      const at = y * page.width + x;
      gray[at] = Math.round(page.gray[at] * (1 - strength * ink));
    }
  }
  return { ...page, gray };
}

/** Luma of a frame's paper, at least 1. */
function paperOf({ gray }: StoredFrame): number {
  const sorted = Uint8Array.from(gray).sort();
  return Math.max(1, sorted[Math.floor(PAPER_SHARE * sorted.length)]);
}
