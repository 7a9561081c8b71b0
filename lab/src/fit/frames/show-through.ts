import type { Random } from '@inkcast/training/random';
import type { Kind } from '../../synthesis/index.js';
import type { StoredFrame } from './frame-file.js';

/**
 * Kinds of frames that get a back, because they show a sheet with writing. Frames without writing have no paper, the digit
 * of a closeup fills the frame, and pages of print or words contain almost no digits. Boards have no back in reality, but
 * together with scatter they choose the limits, which must also suit show-through.
 */
export const PAGE_KINDS: readonly Kind[] = ['lines', 'ruled', 'form', 'table', 'equation', 'board', 'scatter', 'scene'];

/** Kinds of frames that are a back: dense with printed or written ink, on paper that fills the frame. */
export const BACK_KINDS: readonly Kind[] = ['print', 'writing', 'form', 'table'];

/** Quantile of a back's luma that counts as its paper: ink and shadow cover fewer pixels than the paper. */
const PAPER_SHARE = 0.8;

/** Share of the light that full ink on the back absorbs: from hardly visible to thin paper. */
const MIN_STRENGTH = 0.05;
const MAX_STRENGTH = 0.28;

/** Scale between page and back, so that the writing of the back is smaller or larger. */
const MIN_ZOOM = 0.6;
const MAX_ZOOM = 1.4;

/**
 * The page with its mirrored back showing through faintly. Strength, size and place are random. A back that is smaller than
 * the page is repeated. Each pixel is multiplied by 1 - strength * (1 - back / paper) and never gets lighter. The kind and
 * the marks of the page do not change, because the back must not be read.
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
