import type { Tensor } from '../models/index.js';

/** A group of an HDF5 file, with what Keras stores in one. */
export interface Hdf5Group {
  /** Texts and lists of texts; attributes of other types are left out. */
  readonly attributes: ReadonlyMap<string, string | readonly string[]>;
  readonly groups: ReadonlyMap<string, Hdf5Group>;
  /** Datasets of floating-point numbers as float32; others, such as seeds and counters, are left out. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** All tensors of a group and of those in it, by their paths, such as `conv2d/kernel:0`. */
export function tensorsByPath(group: Hdf5Group, prefix = ''): ReadonlyMap<string, Tensor> {
  const own = [...group.tensors].map(([name, tensor]): [string, Tensor] => [`${prefix}${name}`, tensor]);
  const inner = [...group.groups].flatMap(([name, child]) => [...tensorsByPath(child, `${prefix}${name}/`)]);
  return new Map([...own, ...inner]);
}
