import { totalmem } from 'node:os';
import { familySync, GLIBC } from 'detect-libc';

/** What decides which parts run best on a machine. */
export interface Machine {
  /** Memory that this process may use: the machine's, or less in a container or a service with a limit. */
  readonly memoryBytes: number;
  /** Whether the native libraries exist for it at all: for 64 bits and glibc only. */
  readonly hasNativeLibraries: boolean;
}

/** A Raspberry Pi with 1 GB leaves Linux 0.9 GB, and one with 512 MB leaves it 0.4 GB. */
const SMALL_MEMORY_BYTES = 0.85e9;

/** Whether the small parts suit a machine better: vision's own kernels and Inkcast's own inference engine. */
export const prefersSmallParts = ({ memoryBytes, hasNativeLibraries }: Machine): boolean =>
  memoryBytes < SMALL_MEMORY_BYTES || !hasNativeLibraries;

export function thisMachine(): Machine {
  // Without a limit, Node reports 0 or more than there is.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    memoryBytes: Math.min(totalmem(), limit),
    hasNativeLibraries: ['x64', 'arm64'].includes(process.arch) && familySync() === GLIBC,
  };
}
