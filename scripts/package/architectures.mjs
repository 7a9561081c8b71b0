/** Other names of Debian's architectures. `machine` is the field e_machine of their ELF files. */
export const ARCHITECTURES = {
  amd64: { node: 'x64', tflite: 'linux_amd64', machine: 0x3e },
  arm64: { node: 'arm64', tflite: 'linux_arm64', machine: 0xb7 },
};

/** The architecture of this machine; undefined if there is no package for it. */
export const OWN_ARCHITECTURE = Object.keys(ARCHITECTURES).find((name) => ARCHITECTURES[name].node === process.arch);
