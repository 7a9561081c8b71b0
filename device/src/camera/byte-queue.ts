/**
 * A queue of bytes that arrive in chunks and are taken from the front. Each byte is copied a bounded number of times.
 */
export class ByteQueue {
  #room: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;

  /** All bytes in the queue; valid until the next call. */
  get bytes(): Buffer {
    return this.#room.subarray(this.#from, this.#to);
  }

  get length(): number {
    return this.#to - this.#from;
  }

  push(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#room.length) {
      const room = Buffer.allocUnsafe(2 * (this.length + chunk.length));
      this.bytes.copy(room);
      this.#to = this.length;
      this.#from = 0;
      this.#room = room;
    }
    this.#room.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  drop(count: number): void {
    this.#from += count;
  }
}
