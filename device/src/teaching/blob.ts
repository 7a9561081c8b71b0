import { z } from 'zod';

/** Bytes of a row: libsql gives one row's as a Buffer, and those of several as an ArrayBuffer each. */
export const blobSchema = z
  .union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)])
  .transform((bytes) => new Uint8Array(bytes));
