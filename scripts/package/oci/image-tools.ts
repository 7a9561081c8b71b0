import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHITECTURES, type ArchitectureName, OWN_ARCHITECTURE } from '../architectures.js';
import type { PackagingCommand } from '../packaging-command.js';

/** Where the kernel lists what runs the programs of other architectures. */
const EMULATORS = '/proc/sys/fs/binfmt_misc';

/** Fails, before anything is made, where this machine cannot build the images of these architectures. */
export function needImageTools(command: PackagingCommand, architectures: readonly ArchitectureName[]): void {
  if (process.getuid?.() !== 0) command.fail('it needs root');
  for (const name of ['mmdebstrap', 'buildah']) command.needs(name, `apt install ${name}`);
  for (const architecture of architectures) {
    const missing = missingEmulator(architecture, EMULATORS);
    if (missing !== undefined) command.fail(missing);
  }
}

/**
 * What a machine lacks to run the programs of an architecture, as a sentence with its remedy; undefined if it runs them.
 *
 * @param emulators folder where its kernel lists emulators
 */
export function missingEmulator(architecture: ArchitectureName, emulators: string): string | undefined {
  const { emulator } = ARCHITECTURES[architecture];
  if (architecture === OWN_ARCHITECTURE || existsSync(join(emulators, emulator))) return undefined;
  if (existsSync(join(emulators, 'status'))) return `the kernel knows no ${emulator}; apt install qemu-user-static`;
  return `the kernel cannot run programs of ${architecture}; mount -t binfmt_misc binfmt_misc ${emulators}`;
}
