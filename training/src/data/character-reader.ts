/** Sees the one character of a picture as the device does. Whoever opened it closes it. */
export interface CharacterReader {
  /**
   * @param bytes of a JPEG, PNG or WebP file
   * @param name what messages call it
   * @returns 28x28 bytes, white ink on black, normalised as MNIST is; all zero where the picture shows no ink
   * @throws InkError INK_IMAGE_UNREADABLE
   */
  read(bytes: Uint8Array, name: string): Promise<Uint8Array>;
  close(): void;
}

/** Opens one, which takes a second: only where there are pictures to be seen. The program hands it in. */
export type OpenCharacterReader = () => Promise<CharacterReader>;
