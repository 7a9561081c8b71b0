/** Other names of one of Debian's architectures. */
export interface Architecture {
  readonly node: string;
  readonly tflite: string;
  /** The field e_machine of its ELF files. */
  readonly machine: number;
  readonly homeAssistant: string;
  /** The name by which the kernel knows its emulator. */
  readonly emulator: string;
}

export const ARCHITECTURES = {
  amd64: { node: 'x64', tflite: 'linux_amd64', machine: 0x3e, homeAssistant: 'amd64', emulator: 'qemu-x86_64' },
  arm64: { node: 'arm64', tflite: 'linux_arm64', machine: 0xb7, homeAssistant: 'aarch64', emulator: 'qemu-aarch64' },
} as const satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof ARCHITECTURES;

export function isArchitecture(name: string): name is ArchitectureName {
  return name in ARCHITECTURES;
}

/** The architecture of this machine; undefined if there is no package for it. */
export const OWN_ARCHITECTURE = Object.keys(ARCHITECTURES)
  .filter(isArchitecture)
  .find((name) => ARCHITECTURES[name].node === process.arch);
