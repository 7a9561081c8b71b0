import type { Guess } from '@inkcast/shared/teaching';

/** The models of the device, as teaching uses them. */
export interface TaughtModels {
  /** The one in use: `name@version` and its classes, with `none`. */
  inUse(): { readonly reference: string; readonly labels: readonly string[] };
  /** `name@version` of those that are installed. */
  references(): Promise<readonly string[]>;
  /** The folder of one. @throws InkError INK_BUNDLE_MISSING */
  folderOf(reference: string): Promise<string>;
  /** @returns its reference @throws InkError what is wrong with the bundle; nothing is then installed */
  install(folder: string): Promise<string>;
  /** Reads with another installed one from the next frame on, and after a restart. @throws InkError why it cannot */
  use(reference: string): Promise<void>;
  /** The likeliest class of each crop, as the model in a folder sees it. */
  classify(folder: string, crops: readonly Uint8Array[]): Promise<readonly Guess[]>;
}
