import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Api, LiveHeader } from '../api/index.js';
import { type Arrivals, arrived, cutOff, type Freshness, freshnessAt, NOTHING_ARRIVED } from './freshness.js';
import { parseFrame } from './parse-frame.js';
import { StillsLink } from './stills-link.js';

/** Draws a picture; the link frees it afterwards. */
export type Draw = (picture: ImageBitmap) => void;

const FRESHNESS_CHECK_MS = 250;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 4000;
/** Sockets that failed one after the other, after which single pictures are pulled meanwhile. */
const FAILURES_UNTIL_STILLS = 2;

/**
 * Pictures from the live socket, and single ones where it does not open. A picture is acknowledged once it is drawn, so
 * that the device sends no more than can be shown; nothing is asked for while the tab is hidden.
 */
export class LiveLink {
  readonly #api: Api;
  readonly #draw: Draw;
  readonly #stills: StillsLink;
  readonly #header: Signal<LiveHeader | undefined> = signal(undefined);
  readonly #freshness: Signal<Freshness> = signal('waiting');
  readonly #ageSeconds = signal(0);
  readonly #onlyStills = signal(false);
  #arrivals: Arrivals = NOTHING_ARRIVED;
  #socket: WebSocket | undefined;
  #failures = 0;
  #retry: number | undefined;
  #watch: number | undefined;

  constructor(api: Api, draw: Draw) {
    this.#api = api;
    this.#draw = draw;
    this.#stills = new StillsLink(api, (picture, isNew) => this.#show(picture, undefined, isNew));
  }

  /** What came with the newest picture; undefined before the first. */
  get header(): ReadonlySignal<LiveHeader | undefined> {
    return this.#header;
  }

  get freshness(): ReadonlySignal<Freshness> {
    return this.#freshness;
  }

  /** Of the picture that is shown. */
  get ageSeconds(): ReadonlySignal<number> {
    return this.#ageSeconds;
  }

  /** Whether single pictures are pulled, with the boxes drawn into them. */
  get onlyStills(): ReadonlySignal<boolean> {
    return this.#onlyStills;
  }

  start(): void {
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    this.#watch = window.setInterval(() => this.#checkFreshness(), FRESHNESS_CHECK_MS);
    if (!document.hidden) this.#connect();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    clearInterval(this.#watch);
    this.#disconnect();
  }

  readonly #visibilityChanged = (): void => {
    if (document.hidden) {
      this.#disconnect();
      return;
    }
    // What came before the tab was hidden says nothing of the device now.
    this.#arrivals = { ...this.#arrivals, message: performance.now() };
    this.#connect();
  };

  #connect(): void {
    const socket = new WebSocket(this.#api.socketUrl('live'));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => void this.#receive(socket, data);
    socket.onclose = () => this.#closed(socket);
  }

  #disconnect(): void {
    clearTimeout(this.#retry);
    this.#stills.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #closed(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#failures += 1;
    this.#arrivals = cutOff(this.#arrivals);
    this.#checkFreshness();
    if (this.#failures >= FAILURES_UNTIL_STILLS) this.#stills.start();
    const wait = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    this.#retry = window.setTimeout(() => this.#connect(), wait);
  }

  async #receive(socket: WebSocket, data: ArrayBuffer): Promise<void> {
    const { header, jpeg } = parseFrame(data);
    if (this.#failures > 0) this.#stills.stop();
    this.#failures = 0;
    this.#onlyStills.value = false;
    if (jpeg === undefined) {
      this.#arrivals = arrived(performance.now(), this.#arrivals, false);
      return;
    }
    const picture = await decoded(new Blob([jpeg], { type: 'image/jpeg' }));
    // A picture from before the connection broke would look new.
    if (socket.readyState !== WebSocket.OPEN) {
      picture?.close();
      return;
    }
    if (picture !== undefined) this.#show(picture, header, true);
    socket.send(JSON.stringify({ ack: header.frame }));
  }

  #show(picture: ImageBitmap, header: LiveHeader | undefined, isNew: boolean): void {
    this.#draw(picture);
    picture.close();
    batch(() => {
      if (header === undefined) this.#onlyStills.value = true;
      else this.#header.value = header;
      this.#arrivals = arrived(performance.now(), this.#arrivals, isNew);
      this.#checkFreshness();
    });
  }

  #checkFreshness(): void {
    const now = performance.now();
    this.#freshness.value = freshnessAt(now, this.#arrivals);
    const { picture } = this.#arrivals;
    this.#ageSeconds.value = picture === undefined ? 0 : Math.round((now - picture) / 1000);
  }
}

/** Undefined for a picture that is broken: the next one follows at once. */
async function decoded(jpeg: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(jpeg);
  } catch {
    return undefined;
  }
}
