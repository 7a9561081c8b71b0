import { setTimeout as wait } from 'node:timers/promises';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { credentialsOf } from './credentials.js';
import { decodeBytes, frameOf } from './decode-picture.js';
import { type CaptureTime, captureTime } from './frame.js';
import { minFrameInterval } from './frame-interval.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import { AnswerPictures, decodedBody, failureReason, HttpClient, readTrust } from './http/index.js';
import type { HttpOptions } from './options/index.js';

interface Arrival {
  readonly bytes: Uint8Array;
  readonly time: CaptureTime;
}

/** The result of one request. */
interface Outcome {
  readonly pictures: number;
  readonly failure?: InkError;
}

/** Number of failed requests in a row after which the camera has failed; a single one is a missed frame. */
const MISSED_IN_A_ROW = 3;

/**
 * A network camera. A response that goes on is a stream. A response that ends after one picture is a snapshot, and the
 * request is repeated.
 */
export class HttpSource implements FrameSource {
  readonly #options: HttpOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #sequence = 0;
  /** When the next picture is due, by the monotonic clock. */
  #due = 0;
  /** The newest picture that waits to be decoded. */
  #newest: Arrival | undefined;
  #decoding: Promise<void> | undefined;
  /** Resolves when the last frame has been processed. */
  #taken: Promise<void> | undefined;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async start(sink: FrameSink): Promise<void> {
    this.#running = this.#run(sink);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(sink: FrameSink): Promise<void> {
    let failure: InkError | undefined;
    try {
      const trust = await readTrust(this.#options.tls);
      const client = new HttpClient({ url: this.#address, credentials: credentialsOf(this.#options), trust });
      failure = await this.#play(client, sink);
      client.close();
    } catch (error) {
      failure = this.#failed(error);
    }
    await this.#decoding;
    if (!this.#stopping.signal.aborted) sink.end(failure);
  }

  /** Delivers frames until the camera fails or is stopped. @returns the failure; `undefined` after a stop */
  async #play(client: HttpClient, sink: FrameSink): Promise<InkError | undefined> {
    const { signal } = this.#stopping;
    let answered = false;
    let missed = 0;
    while (!signal.aborted) {
      // A stop ends the pause early, which is no failure.
      const due = wait(1000 / this.#options.rate, undefined, { signal }).catch(() => undefined);
      const { pictures, failure } = await this.#ask(client, sink);
      // A stop breaks off the request, which is no failure.
      if (signal.aborted) break;
      if (pictures > 1) return failure ?? this.#error('ended its stream.');
      answered ||= pictures > 0;
      missed = pictures > 0 ? 0 : missed + 1;
      if (failure !== undefined && (!answered || missed === MISSED_IN_A_ROW)) return failure;
      if (failure !== undefined) sink.fault(failure);
      await this.#decoding;
      await Promise.all([this.#taken, due]);
    }
    return undefined;
  }

  /**
   * Sends one request and takes pictures until the response ends. The first picture must arrive within the time-out.
   */
  async #ask(client: HttpClient, sink: FrameSink): Promise<Outcome> {
    const { timeoutMs } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    let pictures = 0;
    try {
      const answer = await client.get(AbortSignal.any([this.#stopping.signal, late.signal]));
      const { statusCode = 0, statusMessage = '', headers } = answer;
      if (statusCode < 200 || statusCode > 299) {
        answer.destroy();
        return { pictures, failure: this.#error(`answered ${`${statusCode} ${statusMessage}`.trim()}.`) };
      }
      const found = new AnswerPictures(headers);
      const take = (arrived: readonly Uint8Array[]) => {
        if (arrived.length > 0) clearTimeout(timer);
        pictures += arrived.length;
        for (const bytes of arrived) this.#take(bytes, sink);
      };
      // A stream may take longer; if it falls silent, the silence alarm notices.
      if (found.isStream) clearTimeout(timer);
      for await (const chunk of decodedBody(answer)) take(found.push(chunk));
      take(found.end());
      if (pictures > 0) return { pictures };
      const type = headers['content-type'] ?? 'no content type';
      const nothing = `answers with ${type}, which is neither a picture nor a stream of pictures.`;
      return { pictures, failure: this.#error(found.isStream ? 'ended its stream.' : nothing) };
    } catch (error) {
      const failure = late.signal.aborted ? this.#error(`did not answer within ${timeoutMs} ms.`) : this.#failed(error);
      return { pictures, failure };
    } finally {
      clearTimeout(timer);
    }
  }

  #take(bytes: Uint8Array, sink: FrameSink): void {
    const now = performance.now();
    if (now < this.#due) return;
    this.#due = now + 1000 * minFrameInterval(this.#options.rate);
    this.#newest = { bytes, time: captureTime() };
    this.#decoding ??= this.#decodeNewest(sink);
  }

  /** A stream goes on while its pictures are decoded, so pictures that arrive too fast are skipped. */
  async #decodeNewest(sink: FrameSink): Promise<void> {
    while (this.#newest !== undefined && !this.#stopping.signal.aborted) {
      const arrival = this.#newest;
      this.#newest = undefined;
      await this.#show(arrival, sink);
    }
    this.#decoding = undefined;
  }

  async #show({ bytes, time }: Arrival, sink: FrameSink): Promise<void> {
    try {
      const picture = await decodeBytes(bytes, `A picture from ${this.#name}`);
      if (this.#stopping.signal.aborted) return;
      // The next picture is decoded while this frame is processed.
      this.#taken = sink.frame(frameOf(picture, { ...time, sequence: this.#sequence++ }));
    } catch (error) {
      sink.fault(asInkError(error));
    }
  }

  /** Without user and password, which Node would send before the server asks. */
  get #address(): URL {
    const address = new URL(this.#options.url);
    address.username = '';
    address.password = '';
    return address;
  }

  /** The address without secrets, for messages: some cameras take the password in the query. */
  get #name(): string {
    const { host, protocol, pathname } = new URL(this.#options.url);
    return `${protocol}//${host}${pathname}`;
  }

  #failed(error: unknown): InkError {
    if (error instanceof InkError) return error;
    return this.#error(`cannot be read: ${failureReason(error)}.`, error);
  }

  #error(happened: string, cause?: unknown): InkError {
    return new InkError('INK_CAMERA_FAILED', `${this.#name} ${happened}`, {
      cause,
      remedy: 'Check address, user and password, and that the camera is on.',
    });
  }
}
