import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import koffi from 'koffi';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SHUT_RDWR = 2;
const MAX_BYTES = 4096;

const c = koffi.load(null);
const socket = c.func('socket', 'int', ['int', 'int', 'int']);
const bind = c.func('bind', 'int', ['int', 'uint8_t *', 'uint32_t']);
const receive = c.func('recv', 'long', ['int', 'void *', 'size_t', 'int']);
const shutdown = c.func('shutdown', 'int', ['int', 'int']);
const close = c.func('close', 'int', ['int']);

/** Hears, on a real Unix datagram socket, what services say to systemd: each assignment by itself, in order. */
export class FakeSystemd {
  /** What goes into NOTIFY_SOCKET. */
  readonly address: string;
  readonly heard: string[] = [];
  readonly #socket: number;
  readonly #news = new EventEmitter<{ heard: [] }>();
  readonly #listening: Promise<void>;
  #closing = false;

  /** @param address a path, or a name in the abstract namespace behind an `@` */
  constructor(address: string) {
    this.address = address;
    this.#socket = socket(AF_UNIX, SOCK_DGRAM, 0);
    const name = Buffer.from(address.startsWith('@') ? `\0${address.slice(1)}` : `${address}\0`);
    const full = Buffer.concat([new Uint8Array(Uint16Array.of(AF_UNIX).buffer), name]);
    assert.equal(bind(this.#socket, full, full.length), 0, `${address} cannot be bound`);
    this.#listening = this.#listen();
  }

  get statuses(): string[] {
    return this.heard.filter((one) => one.startsWith('STATUS=')).map((one) => one.slice('STATUS='.length));
  }

  /** Resolves as soon as the received messages satisfy a condition. */
  async until(enough: (heard: readonly string[]) => boolean): Promise<void> {
    while (!enough(this.heard)) await once(this.#news, 'heard');
  }

  /** Resolves when this was heard. */
  async hears(assignment: string | RegExp, from = 0): Promise<void> {
    const fits = (one: string) => (typeof assignment === 'string' ? one === assignment : assignment.test(one));
    await this.until((heard) => heard.slice(from).some(fits));
  }

  /** Resolves when no sign of life has come for this long: when systemd would end the service. */
  async missesFeedFor(ms: number): Promise<void> {
    const fed = () => this.heard.filter((one) => one === 'WATCHDOG=1').length;
    let last = fed();
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, ms);
      this.#news.on('heard', () => {
        if (fed() === last) return;
        last = fed();
        clearTimeout(timer);
        timer = setTimeout(resolve, ms);
      });
    });
  }

  async end(): Promise<void> {
    this.#closing = true;
    shutdown(this.#socket, SHUT_RDWR);
    await this.#listening;
    close(this.#socket);
  }

  async #listen(): Promise<void> {
    const memory: bigint = koffi.alloc('uint8_t', MAX_BYTES);
    while (!this.#closing) {
      const length = await new Promise<number>((resolve, reject) => {
        receive.async(this.#socket, memory, MAX_BYTES, 0, (error: Error | null, bytes: number) =>
          error === null ? resolve(bytes) : reject(error),
        );
      });
      if (length <= 0) continue;
      const bytes: Uint8Array = Uint8Array.from(koffi.decode(memory, 'uint8_t', length));
      this.heard.push(...Buffer.from(bytes).toString('utf8').split('\n'));
      this.#news.emit('heard');
    }
    koffi.free(memory);
  }
}
