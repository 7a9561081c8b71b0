import { setTimeout as wait } from 'node:timers/promises';
import { asInkError, InkError } from '@inkcast/shared/errors';
import { credentialsOf } from './credentials.js';
import { decodeBytes } from './decode-picture.js';
import { type CaptureTime, captureTime } from './frame.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import { leastGap } from './least-gap.js';
import { MultipartParser } from './multipart-parser.js';
import type { HttpOptions } from './options/index.js';

interface Arrival {
  readonly bytes: Uint8Array;
  readonly time: CaptureTime;
}

/** A camera of which so many snapshots in a row fail has failed; one alone is a missed frame. */
const MISSED_IN_A_ROW = 3;

/** A network camera's MJPEG stream, or its snapshot address polled. */
export class HttpSource implements FrameSource {
  readonly #options: HttpOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #sequence = 0;
  /** The newest picture of a stream that waits to be decoded. */
  #newest: Arrival | undefined;
  #decoding: Promise<void> | undefined;

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
    let failure: InkError;
    try {
      failure = await this.#play(sink);
    } catch (error) {
      failure = this.#failed(error);
    }
    await this.#decoding;
    if (!this.#stopping.signal.aborted) sink.end(failure);
  }

  /** Delivers frames until that is over. @returns why */
  async #play(sink: FrameSink): Promise<InkError> {
    const response = await this.#get((answer) => Promise.resolve(answer));
    const type = response.headers.get('content-type') ?? 'no content type';
    const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(type)?.[1];
    if (boundary !== undefined && response.body !== null) {
      await this.#stream(response.body, boundary, sink);
      return this.#error('ended its stream.');
    }
    await response.body?.cancel();
    if (!/^image\//i.test(type)) {
      return this.#error(`answers with ${type}, which is neither a picture nor a stream of pictures.`);
    }
    return this.#poll(sink);
  }

  async #stream(body: AsyncIterable<Uint8Array>, boundary: string, sink: FrameSink): Promise<void> {
    const parser = new MultipartParser(boundary);
    let due = 0;
    for await (const chunk of body) {
      for (const bytes of parser.push(chunk)) {
        const now = performance.now();
        if (now < due) continue;
        due = now + 1000 * leastGap(this.#options.rate);
        this.#newest = { bytes, time: captureTime() };
        this.#decoding ??= this.#decodeNewest(sink);
      }
    }
  }

  /** A stream goes on while its pictures are decoded: those that were too many meanwhile are passed over. */
  async #decodeNewest(sink: FrameSink): Promise<void> {
    while (this.#newest !== undefined && !this.#stopping.signal.aborted) {
      const arrival = this.#newest;
      this.#newest = undefined;
      // Decoding goes on while the frame is processed.
      await this.#show(arrival, sink);
    }
    this.#decoding = undefined;
  }

  async #poll(sink: FrameSink): Promise<never> {
    const { signal } = this.#stopping;
    let missed = 0;
    for (;;) {
      signal.throwIfAborted();
      // A stop ends the pause early; that is no failure.
      const due = wait(1000 / this.#options.rate, undefined, { signal }).catch(() => undefined);
      try {
        const bytes = await this.#get(async (answer) => new Uint8Array(await answer.arrayBuffer()));
        missed = 0;
        const shown = await this.#show({ bytes, time: captureTime() }, sink);
        await shown?.taken;
      } catch (error) {
        signal.throwIfAborted();
        missed++;
        if (missed === MISSED_IN_A_ROW) throw error;
        sink.fault(this.#failed(error));
      }
      await due;
    }
  }

  /** @returns when the frame will have been taken; `undefined` where the picture was broken */
  async #show({ bytes, time }: Arrival, sink: FrameSink): Promise<{ taken: Promise<void> } | undefined> {
    try {
      const { width, height, gray } = await decodeBytes(bytes, `A picture from ${this.#name}`);
      if (this.#stopping.signal.aborted) return undefined;
      return { taken: sink.frame({ width, height, gray, ...time, sequence: this.#sequence++ }) };
    } catch (error) {
      sink.fault(asInkError(error));
      return undefined;
    }
  }

  /** Asks once, and reads of the answer what `read` reads, within the time-out. */
  async #get<T>(read: (answer: Response) => Promise<T>): Promise<T> {
    const { timeoutMs } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(this.#error(`did not answer within ${timeoutMs} ms.`)), timeoutMs);
    try {
      const answer = await fetch(`${this.#name}${new URL(this.#options.url).search}`, {
        headers: this.#authorization,
        signal: AbortSignal.any([this.#stopping.signal, late.signal]),
      });
      if (answer.ok) return await read(answer);
      await answer.body?.cancel();
      throw this.#error(`answered ${answer.status} ${answer.statusText}.`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The address without what a message must not show: some cameras take the password in the query. */
  get #name(): string {
    const { host, protocol, pathname } = new URL(this.#options.url);
    return `${protocol}//${host}${pathname}`;
  }

  get #authorization(): Record<string, string> {
    const known = credentialsOf(this.#options);
    if (known === undefined) return {};
    const pair = `${known.username}:${known.password}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }

  #failed(error: unknown): InkError {
    if (error instanceof InkError) return error;
    // fetch says only that it failed; why stands in the cause.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return this.#error(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, error);
  }

  #error(happened: string, cause?: unknown): InkError {
    return new InkError('INK_CAMERA_FAILED', `${this.#name} ${happened}`, {
      cause,
      remedy: 'Check address, user and password, and that the camera is on.',
    });
  }
}
