import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PictureReading } from './messages.js';
import { ReadingFailure, type ReadingLink } from './reading-link.js';

/** Why there is no camera: the page is not secure, it has no permission, there is none, or it went away. */
export type CameraFault = 'insecure' | 'denied' | 'missing' | 'ended';

export type CameraState =
  | { readonly kind: 'off' | 'opening' }
  | { readonly kind: 'on'; readonly stream: MediaStream; readonly result?: PictureReading }
  | { readonly kind: 'failed'; readonly fault: CameraFault | ReadingFailure };

/** The back of a telephone, and frames as large as a camera of the device has them by default. */
const WANTED = { video: { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 } } } as const;

/** The faults that browsers name (W3C, Media Capture and Streams, getUserMedia). Any other one is of the camera itself. */
const FAULTS: Readonly<Record<string, CameraFault | undefined>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
};

/** The camera of whoever looks at the page. Its newest picture is read as soon as the one before has been. */
export class LiveCamera {
  readonly #link: Pick<ReadingLink, 'read'>;
  readonly #state: Signal<CameraState>;
  /** Told apart from every other stream, so that what comes late changes nothing. */
  #stream: MediaStream | undefined;
  #asked = 0;

  constructor(link: Pick<ReadingLink, 'read'>) {
    this.#link = link;
    this.#state = signal(isSecureContext ? { kind: 'off' } : { kind: 'failed', fault: 'insecure' });
  }

  get state(): ReadonlySignal<CameraState> {
    return this.#state;
  }

  /** Asks for the camera. */
  async start(): Promise<void> {
    this.stop();
    const asked = ++this.#asked;
    this.#state.value = { kind: 'opening' };
    try {
      const stream = await navigator.mediaDevices.getUserMedia(WANTED);
      if (asked !== this.#asked) {
        release(stream);
        return;
      }
      this.#stream = stream;
      for (const track of stream.getTracks()) {
        track.addEventListener('ended', () => stream === this.#stream && this.#fail('ended'));
      }
      this.#state.value = { kind: 'on', stream };
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (asked === this.#asked)
        this.#fail(FAULTS[error.name] ?? new ReadingFailure('INK_CAMERA_FAILED', error.message));
    }
  }

  /** Reads what a video shows of the camera, until the camera is stopped. */
  async readFrom(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
    try {
      while (stream === this.#stream) {
        await nextPaint();
        const pixels = pixelsOf(video);
        if (pixels === undefined) continue;
        const result = await this.#link.read(pixels);
        if (stream === this.#stream) this.#state.value = { kind: 'on', stream, result };
      }
    } catch (error) {
      if (!(error instanceof ReadingFailure)) throw error;
      if (stream === this.#stream) this.#fail(error);
    }
  }

  /** Gives the camera back. */
  stop(): void {
    this.#asked++;
    if (this.#stream !== undefined) release(this.#stream);
    this.#stream = undefined;
    const { kind } = this.#state.value;
    if (kind === 'on' || kind === 'opening') this.#state.value = { kind: 'off' };
  }

  #fail(fault: CameraFault | ReadingFailure): void {
    this.stop();
    this.#state.value = { kind: 'failed', fault };
  }
}

const release = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** A page that nobody looks at is not painted, so nothing is read there. */
const nextPaint = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** The picture of a video; undefined before the first one. */
function pixelsOf(video: HTMLVideoElement): ImageData | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, width, height);
}
