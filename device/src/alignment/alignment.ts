import { READER_NUMBERS } from '@inkcast/reader/numbers';
import type { LumaFrame, Point, ViewArea } from '@inkcast/reader/vision';
import { asInkError, InkError } from '@inkcast/shared/errors';
import type { ResponseData } from '@inkcast/shared/messages';
import { findShift, type Shift, type WeightedPicture } from './find-shift.js';
import { fixedWeights } from './fixed-weights.js';
import { gradientsOf } from './gradient-picture.js';
import { movedArea } from './moved-area.js';
import type { Reference, ReferenceFile } from './reference-file.js';

export interface AlignmentOptions {
  readonly file: ReferenceFile;
  /** Asked each time, since both may be set while the daemon runs. */
  readonly settings: () => { readonly enabled: boolean; readonly maxShift: number };
  /** What is read of each frame, as it is set. */
  readonly areas: () => readonly ViewArea[];
  /** Told when areas are elsewhere from now on. */
  readonly onMoved: () => void;
  /** Told when what is wrong has changed. */
  readonly onProblem: () => void;
}

/** In pixels of the frame. */
type Place = Pick<Shift, 'dx' | 'dy'>;

const NOWHERE: Place = { dx: 0, dy: 0 };

/**
 * Holds the view against a reference picture: notices a camera that was knocked or covered, and lets the areas that are read
 * follow small shifts. Not every frame is looked at: one every few seconds, and sooner where something has moved.
 */
export class Alignment {
  readonly #options: AlignmentOptions;
  #reference: Reference | undefined;
  /** What frames are held against: made when it is needed first, and with other areas anew. */
  #compared: WeightedPicture | undefined;
  #shift: Place = NOWHERE;
  /** A shift that was found once, and is believed when it is found again. */
  #suspected: Place | undefined;
  /** Checks in a row that did not find the view. */
  #missed = 0;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #isDueSoon = false;
  #retakes = false;
  #fault: InkError | undefined;

  constructor(options: AlignmentOptions) {
    this.#options = options;
  }

  /** Takes up the reference of an earlier run. One that cannot be read is a problem, and no reason not to start. */
  async start(): Promise<void> {
    try {
      this.#begin(await this.#options.file.read());
    } catch (error) {
      this.#fault = asInkError(error);
    }
  }

  /** JPEG of the reference; undefined where there is none. */
  get picture(): Buffer | undefined {
    return this.#reference?.jpeg;
  }

  /** How the view lies beside the reference. */
  get state(): ResponseData<'reference'> {
    const reference = this.#reference;
    if (reference === undefined) return { takenAt: null, status: 'none', dx: null, dy: null, followed: false };
    const { x, y } = this.#shares();
    const status = this.#isLost ? 'lost' : this.#hasMoved ? 'moved' : 'aligned';
    const takenAt = reference.takenAt.toISOString();
    const [dx, dy] = this.#isLost ? [null, null] : [round(x), round(y)];
    return { takenAt, status, dx, dy, followed: this.#isFollowed };
  }

  /** What is wrong now. */
  get problems(): ReadonlyMap<string, InkError> {
    const problem = this.#problem();
    const own: [string, InkError | undefined][] = [
      ['view', problem],
      ['reference', this.#fault],
    ];
    return new Map(own.flatMap(([key, error]): [string, InkError][] => (error === undefined ? [] : [[key, error]])));
  }

  /** Makes a frame the reference. @throws InkError INK_FILE_UNWRITABLE; the one before then stays */
  async set(frame: LumaFrame, takenAt: Date): Promise<void> {
    this.#begin(await this.#options.file.write(frame, takenAt));
    this.#fault = undefined;
    this.#options.onMoved();
    this.#options.onProblem();
  }

  /** @throws InkError INK_FILE_UNWRITABLE */
  async forget(): Promise<void> {
    await this.#options.file.clear();
    this.#begin(undefined);
    this.#fault = undefined;
    this.#options.onMoved();
    this.#options.onProblem();
  }

  /** Areas were set, for what is seen now: the next frame becomes the reference, where there is one. */
  areasChanged(): void {
    this.#compared = undefined;
    this.#retakes = this.#reference !== undefined && !this.#isLost;
  }

  /** Much of the view has changed, which may be since the camera was moved. */
  changed(): void {
    this.#isDueSoon = true;
  }

  /** An area where it is in the view now. */
  follow(area: ViewArea): ViewArea {
    return this.#isFollowed ? movedArea(area, this.#shares()) : area;
  }

  /** Looks at a frame where it is time to. @param at when it was taken, in milliseconds of a clock that only grows */
  take(frame: LumaFrame, capturedAt: Date, at: number): void {
    if (this.#reference === undefined || !this.#options.settings().enabled) return;
    if (this.#retakes) {
      this.#retakes = false;
      this.set(frame, capturedAt).catch((error: unknown) => {
        this.#fault = asInkError(error);
        this.#options.onProblem();
      });
      return;
    }
    const { alignmentEvery, alignmentSoon } = READER_NUMBERS;
    const wait = this.#isDueSoon ? alignmentSoon.value : alignmentEvery.value;
    if (at - this.#checkedAt < wait) return;
    this.#checkedAt = at;
    this.#isDueSoon = false;
    const before = this.state;
    this.#judge(this.#compare(this.#reference.frame, frame));
    if (before.followed !== this.state.followed || before.status !== this.state.status) this.#options.onProblem();
  }

  #begin(reference: Reference | undefined): void {
    this.#reference = reference;
    this.#compared = undefined;
    this.#shift = NOWHERE;
    this.#suspected = undefined;
    this.#missed = 0;
  }

  /** Undefined where the frame shows nothing of what the reference does. */
  #compare(reference: LumaFrame, frame: LumaFrame): Shift | undefined {
    if (frame.width !== reference.width || frame.height !== reference.height) return undefined;
    if (this.#compared === undefined) {
      const picture = gradientsOf(reference);
      this.#compared = { picture, weights: fixedWeights(picture, this.#options.areas()) };
    }
    const shift = findShift(this.#compared, gradientsOf(frame));
    return shift.score < READER_NUMBERS.alignmentMinScore.value ? undefined : shift;
  }

  #judge(shift: Shift | undefined): void {
    if (shift === undefined) {
      this.#suspected = undefined;
      this.#missed++;
      this.#isDueSoon ||= !this.#isLost;
      return;
    }
    this.#missed = 0;
    if (shift.lead < READER_NUMBERS.alignmentMinLead.value) return;
    if (this.#isSame(shift, this.#shift)) {
      this.#suspected = undefined;
    } else if (this.#suspected !== undefined && this.#isSame(shift, this.#suspected)) {
      this.#suspected = undefined;
      this.#shift = this.#isSame(shift, NOWHERE) ? NOWHERE : shift;
      this.#options.onMoved();
      this.#options.onProblem();
    } else {
      this.#suspected = shift;
      this.#isDueSoon = true;
    }
  }

  get #isLost(): boolean {
    return this.#missed >= READER_NUMBERS.alignmentLostChecks.value;
  }

  get #hasMoved(): boolean {
    return !this.#isSame(this.#shift, NOWHERE);
  }

  get #isFollowed(): boolean {
    const { enabled, maxShift } = this.#options.settings();
    const { dx, dy } = this.#shift;
    return enabled && this.#hasMoved && Math.hypot(dx, dy) <= maxShift * this.#longSide;
  }

  get #longSide(): number {
    const { width, height } = this.#reference?.frame ?? { width: 1, height: 1 };
    return Math.max(width, height);
  }

  #isSame(a: Place, b: Place): boolean {
    return Math.hypot(a.dx - b.dx, a.dy - b.dy) <= READER_NUMBERS.alignmentTolerance.value * this.#longSide;
  }

  /** The shift in shares of the frame's sides. */
  #shares(): Point {
    const { width, height } = this.#reference?.frame ?? { width: 1, height: 1 };
    return { x: this.#shift.dx / width, y: this.#shift.dy / height };
  }

  #problem(): InkError | undefined {
    if (this.#reference === undefined || !this.#options.settings().enabled) return undefined;
    if (this.#isLost) {
      return new InkError('INK_VIEW_LOST', 'The camera does not see what the reference picture shows.');
    }
    if (!this.#hasMoved) return undefined;
    const { dx, dy } = this.#shift;
    const way = [
      ...(Math.round(dx) === 0 ? [] : [`${Math.abs(Math.round(dx))} pixels to the ${dx > 0 ? 'right' : 'left'}`]),
      ...(Math.round(dy) === 0 ? [] : [`${Math.abs(Math.round(dy))} pixels ${dy > 0 ? 'down' : 'up'}`]),
    ].join(' and ');
    const then = this.#isFollowed
      ? 'the regions follow'
      : 'that is farther than vision.alignment.maxShift, so that the regions stay';
    return new InkError('INK_VIEW_MOVED', `What the camera sees has moved ${way}; ${then}.`);
  }
}

const round = (share: number): number => Number(share.toFixed(4));
