/** Extracts the one character of a picture as the device does. The caller who opens a reader closes it. */
export interface CharacterReader {
  /**
   * @param bytes of a JPEG, PNG or WebP file
   * @param name name of the picture in messages
   * @returns 28x28 bytes, white ink on black, normalised as MNIST is; all zero where the picture shows no ink
   * @throws InkError INK_IMAGE_UNREADABLE
   */
  read(bytes: Uint8Array, name: string): Promise<Uint8Array>;
  close(): void;
}

/** Opens a reader. This takes a second, so it happens only if there are pictures to read. The program provides it. */
export type OpenCharacterReader = () => Promise<CharacterReader>;
