import type { VideoFrame } from '../../synthesis/index.js';

/** The score of the readings that were published for a video. Times are in milliseconds. */
export interface VideoScore {
  /** Numbers that were in view for 2 s or more, and steady for one second of that time. */
  readonly numbers: number;
  readonly published: number;
  /** Published, but later than a second after being steady. */
  readonly late: number;
  /** Never published. */
  readonly missed: number;
  /** Published readings that were not in view, and were not just covered. */
  readonly wrong: number;
  /** Readings that disappeared or were published again while their sheet was in view. */
  readonly flickers: number;
  /** Blank sheets that were in view for 2 s or more, and those on which an earlier reading remained until the end. */
  readonly blanks: number;
  readonly uncleared: number;
  /** Steady time before numbers were published. */
  readonly delayMs: { readonly median: number; readonly greatest: number };
  /** Every fault as text. */
  readonly faults: readonly string[];
}

/** One thing that went wrong, in words. */
export interface Fault {
  readonly text: string;
  /** Whether it concerns the sheet that this frame has just covered, not the sheet of this frame. */
  readonly isAboutLast: boolean;
}

const MIN_SHOWN_MS = 2000;
const MAX_LATE_MS = 1000;

/** The state of one sheet at the current frame. */
interface Sheet {
  readonly index: number;
  readonly text: string;
  lies: number | undefined;
  until: number;
  steadySince: number | undefined;
  /** Longest uninterrupted time for which it was steady before it was published. */
  waited: number;
  publishedAt: number | undefined;
}

/** Compares the published readings with the content of a video, frame by frame. */
export class VideoJudge {
  readonly #sheets: Sheet[] = [];
  readonly #faults: Fault[] = [];
  readonly #uncleared: number[] = [];
  #current = '';
  #wrong = 0;
  #flickers = 0;

  /**
   * @param published the reading that this frame changed, if it did
   * @returns the faults that this frame reveals
   */
  see({ at, showing, text, state }: VideoFrame, published: string | undefined): readonly Fault[] {
    const known = this.#faults.length;
    let sheet = this.#sheets[this.#sheets.length - 1];
    if (sheet?.index !== showing) {
      if (sheet !== undefined) this.#end(sheet);
      const fresh = { lies: undefined, until: at, steadySince: undefined, waited: 0, publishedAt: undefined };
      sheet = { index: showing, text, ...fresh };
      this.#sheets.push(sheet);
    }
    sheet.until = at;
    if (state !== 'sliding') sheet.lies ??= at;
    sheet.steadySince = state === 'steady' ? (sheet.steadySince ?? at) : undefined;
    if (sheet.publishedAt === undefined && sheet.steadySince !== undefined) {
      sheet.waited = Math.max(sheet.waited, at - sheet.steadySince);
    }
    if (published !== undefined) this.#publish(sheet, published, at, state);
    // After a sheet with the same number there is nothing to publish: it stands already.
    else if (state !== 'sliding' && text !== '' && this.#current === text) sheet.publishedAt ??= at;
    return this.#faults.slice(known);
  }

  result(): VideoScore {
    const last = this.#sheets[this.#sheets.length - 1];
    if (last !== undefined) this.#end(last);
    const shown = this.#sheets.filter(isShown);
    const due = shown.filter(isDue);
    const published = due.filter(({ publishedAt }) => publishedAt !== undefined);
    const delays = published.map(({ waited }) => waited).sort((a, b) => a - b);
    return {
      numbers: due.length,
      published: published.length,
      late: published.filter(({ waited }) => waited > MAX_LATE_MS).length,
      missed: due.length - published.length,
      wrong: this.#wrong,
      flickers: this.#flickers,
      blanks: shown.filter(({ text }) => text === '').length,
      uncleared: this.#uncleared.length,
      delayMs: { median: delays[delays.length >> 1] ?? 0, greatest: delays[delays.length - 1] ?? 0 },
      faults: this.#faults.map(({ text }) => text),
    };
  }

  #publish(sheet: Sheet, published: string, at: number, state: VideoFrame['state']): void {
    const before = this.#sheets[this.#sheets.length - 2]?.text ?? '';
    this.#current = published;
    const isRight = published === sheet.text;
    if (isRight && sheet.publishedAt === undefined) {
      sheet.publishedAt = at;
    } else if (isRight || (published === '' && sheet.publishedAt !== undefined)) {
      this.#flickers++;
      this.#fault(at, sheet.text, `flickered: published ${JSON.stringify(published)}`);
    } else if (published !== '' && !(state === 'sliding' && published === before)) {
      this.#wrong++;
      this.#fault(at, sheet.text, `published ${JSON.stringify(published)}`);
    }
  }

  #end(sheet: Sheet): void {
    const { text, lies, until, waited, publishedAt } = sheet;
    if (!isShown(sheet)) return;
    if (text === '' && this.#current !== '') {
      this.#uncleared.push(until);
      this.#fault(until, '', `${JSON.stringify(this.#current)} still stands`, true);
    }
    if (!isDue(sheet)) return;
    if (publishedAt === undefined) this.#fault(lies ?? 0, text, 'missed', true);
    else if (waited > MAX_LATE_MS) this.#fault(lies ?? 0, text, `published after ${waited} ms`, true);
  }

  #fault(at: number, shown: string, what: string, isAboutLast = false): void {
    const text = `${(at / 1000).toFixed(1)} s: ${JSON.stringify(shown)} in view, ${what}`;
    this.#faults.push({ text, isAboutLast });
  }
}

const isShown = ({ lies, until }: Sheet): boolean => lies !== undefined && until - lies >= MIN_SHOWN_MS;

/** Whether a sheet must be published. */
const isDue = ({ text, publishedAt, waited }: Sheet): boolean =>
  text !== '' && (publishedAt !== undefined || waited >= MAX_LATE_MS);
