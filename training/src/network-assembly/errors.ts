import { InkError } from '@inkcast/shared/errors';

/** @param reason completes "The model ..." or is a sentence's beginning that names the layer */
export const unsupported = (reason: string): InkError => new InkError('INK_CONVERT_UNSUPPORTED', `${reason}.`);

/** @param path of the file that is damaged */
export const invalid = (path: string, reason: string): InkError =>
  new InkError('INK_CONVERT_INVALID', `${path} cannot be used: ${reason}.`);
