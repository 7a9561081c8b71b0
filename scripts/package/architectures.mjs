/** What each of Debian's architectures is called elsewhere. `machine` is the field e_machine of its ELF files. */
export const ARCHITECTURES = {
  amd64: { node: 'x64', tflite: 'linux_amd64', machine: 0x3e },
  arm64: { node: 'arm64', tflite: 'linux_arm64', machine: 0xb7 },
};

/** This machine's; undefined where there is no package for it. */
export const OWN_ARCHITECTURE = Object.keys(ARCHITECTURES).find((name) => ARCHITECTURES[name].node === process.arch);
