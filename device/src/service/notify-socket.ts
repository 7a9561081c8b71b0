import { InkError } from '@inkcast/shared/errors';
import type { LibraryHandle } from 'koffi';
import { loadKoffi } from '../koffi/index.js';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
/** `sizeof(sockaddr_un.sun_path)`, including the terminating zero. */
const PATH_BYTES = 108;

type Functions = Readonly<Record<'socket' | 'sendto' | 'close', ReturnType<LibraryHandle['func']>>>;

/** Sends datagrams to a Unix socket, which Node.js does not support. */
export class NotifySocket {
  readonly #address: string;
  /** Bound once, because koffi keeps a little memory for each binding. */
  #functions: Functions | undefined;

  /** @param address a path, or `@` and a name in the abstract namespace */
  constructor(address: string) {
    this.#address = address;
  }

  /** Waits, like libsystemd, while the receiver's queue is full. @throws InkError INK_SERVICE_NOTIFY */
  send(text: string): void {
    this.#functions ??= functionsOfC();
    const { socket, sendto, close } = this.#functions;
    const name = socketAddress(this.#address);
    const descriptor: number = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) throw this.#failure('socket');
    try {
      const payload = Buffer.from(text);
      const sent: number = sendto(descriptor, payload, payload.length, MSG_NOSIGNAL, name, name.length);
      if (sent < 0) throw this.#failure('sendto');
    } finally {
      close(descriptor);
    }
  }

  #failure(call: string): InkError {
    const koffi = loadKoffi();
    const number = koffi.errno();
    const name = Object.entries(koffi.os.errno).find(([, value]) => value === number)?.[0] ?? `error ${number}`;
    return new InkError('INK_SERVICE_NOTIFY', `systemd cannot be reached at ${this.#address}: ${call} says ${name}.`);
  }
}

/** The functions of the C library that Node.js itself runs on, glibc or musl, whatever its name. */
function functionsOfC(): Functions {
  try {
    const library = loadKoffi().load(null);
    return {
      socket: library.func('socket', 'int', ['int', 'int', 'int']),
      sendto: library.func('sendto', 'long', ['int', 'uint8_t *', 'size_t', 'int', 'uint8_t *', 'uint32_t']),
      close: library.func('close', 'int', ['int']),
    };
  } catch (cause) {
    throw new InkError('INK_SERVICE_NOTIFY', 'The C library cannot be called on this machine.', { cause });
  }
}

/** A `sockaddr_un`: the family in native byte order, then the name. */
function socketAddress(address: string): Uint8Array {
  const isAbstract = address.startsWith('@');
  const name = Buffer.from(isAbstract ? `\0${address.slice(1)}` : `${address}\0`);
  if (!(isAbstract || address.startsWith('/')) || name.length > PATH_BYTES) {
    throw new InkError('INK_SERVICE_NOTIFY', `NOTIFY_SOCKET is ${address}, which is no Unix socket.`);
  }
  return Buffer.concat([new Uint8Array(Uint16Array.of(AF_UNIX).buffer), name]);
}
