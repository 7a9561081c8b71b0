import { InkError } from '@inkcast/shared/errors';

/** The bytes at an address. @throws InkError INK_FILE_UNREADABLE if it cannot be loaded */
export async function load(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(address).catch((cause: unknown) => {
    throw new InkError('INK_FILE_UNREADABLE', `${address} cannot be loaded.`, { cause });
  });
  if (!answer.ok) throw new InkError('INK_FILE_UNREADABLE', `${address} cannot be loaded: status ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
