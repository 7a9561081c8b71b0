/** Kernels read up to this much past the end of what they are given. */
const SLACK_BYTES = 32;
const VECTOR_BYTES = 16;

/** What a model's memory will hold. It is planned first, so that the memory never grows and views of it stay valid. */
export class MemoryPlan {
  readonly #constants: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  #size = 0;

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Room for values that are computed, zeros at first. @returns its address, a multiple of 16 */
  reserve(bytes: number): number {
    const address = this.#size;
    this.#size += VECTOR_BYTES * Math.ceil((bytes + SLACK_BYTES) / VECTOR_BYTES);
    return address;
  }

  /** Room for values that stay. @returns their address, a multiple of 16 */
  constant({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
    const address = this.reserve(byteLength);
    this.#constants.push({ address, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
    return address;
  }

  /** Writes the constants into the memory, and keeps none of them. */
  fill(memory: ArrayBuffer): void {
    const all = new Uint8Array(memory);
    for (const { address, bytes } of this.#constants.splice(0)) all.set(bytes, address);
  }
}
