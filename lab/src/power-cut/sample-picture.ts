/** Bytes that stand for a JPEG: storage looks at none of them. */
export const samplePicture = (): Buffer => Buffer.alloc(6000, 'picture');
