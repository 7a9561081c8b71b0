/** The field e_machine of an ELF file; undefined for any other file (System V ABI, figure 4-3). */
export function elfMachine(bytes: Buffer): number | undefined {
  return bytes.subarray(0, 4).toString('latin1') === '\x7fELF' ? bytes.readUInt16LE(18) : undefined;
}

/** The highest version of glibc that the symbols of the libraries require, such as `2.28`. */
export function neededGlibc(libraries: readonly Buffer[]): string {
  const minors = libraries.flatMap((bytes) =>
    [...bytes.toString('latin1').matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor)),
  );
  return `2.${Math.max(...minors)}`;
}
