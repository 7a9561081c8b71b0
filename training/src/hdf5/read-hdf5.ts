import type { Dataset, Group } from 'h5wasm';
import type { Tensor } from '../models/index.js';
import type { Hdf5Group } from './hdf5-group.js';
import { FILE, type Hdf5Library, openLibrary } from './library.js';

/** Groups may be linked in a circle. No model is nested this deep. */
const MAX_DEPTH = 32;
/** A larger dataset is damage; the library would have to reserve memory for it. */
const MAX_VALUES = 2 ** 27;

/** Why an HDF5 file cannot be read. */
export class Hdf5Fault extends Error {}

/**
 * Reads an HDF5 file.
 *
 * @param except names of groups at the top that are not read, such as an optimizer's state
 * @throws Hdf5Fault naming what is damaged or not supported
 */
export async function readHdf5(bytes: Uint8Array, except: readonly string[] = []): Promise<Hdf5Group> {
  const library = await openLibrary();
  library.files.writeFile(FILE, bytes);
  try {
    const file = new library.File(FILE, 'r');
    try {
      return readGroup(library, file, except, 0);
    } finally {
      file.close();
    }
  } catch (cause) {
    if (cause instanceof Hdf5Fault) throw cause;
    throw new Hdf5Fault('it is not a whole HDF5 file', { cause });
  } finally {
    library.files.unlink(FILE);
  }
}

function readGroup(library: Hdf5Library, group: Group, except: readonly string[], depth: number): Hdf5Group {
  if (depth > MAX_DEPTH) throw new Hdf5Fault(`its groups are nested deeper than ${MAX_DEPTH}`);
  const attributes = new Map<string, string | readonly string[]>();
  for (const [name, attribute] of Object.entries(group.attrs)) {
    const { value } = attribute;
    if (typeof value === 'string') attributes.set(name, value);
    if (Array.isArray(value))
      attributes.set(
        name,
        value.filter((item) => typeof item === 'string'),
      );
  }
  const groups = new Map<string, Hdf5Group>();
  const tensors = new Map<string, Tensor>();
  for (const name of group.keys()) {
    if (except.includes(name)) continue;
    const child = group.get(name);
    if (child instanceof library.Group) groups.set(name, readGroup(library, child, [], depth + 1));
    if (child instanceof library.Dataset) {
      const tensor = readTensor(child);
      if (tensor !== undefined) tensors.set(name, tensor);
    }
  }
  return { attributes, groups, tensors };
}

/** @returns nothing for a dataset of other than floating-point numbers */
function readTensor(dataset: Dataset): Tensor | undefined {
  const { path, dtype } = dataset;
  if (typeof dtype !== 'string' || !/^[<>|]?[efd]$/.test(dtype)) return undefined;
  if (dtype !== '<f' && dtype !== '<d') {
    throw new Hdf5Fault(`the numbers of "${path}" are of the type ${dtype}, and only float32 and float64 are read`);
  }
  const shape = dataset.shape ?? [];
  const size = shape.reduce((product, side) => product * side, 1);
  if (size > MAX_VALUES) throw new Hdf5Fault(`"${path}" has the shape [${shape}]`);
  const { value } = dataset;
  if (typeof value === 'number') return { shape, data: Float32Array.of(value) };
  if (value instanceof Float32Array || value instanceof Float64Array) return { shape, data: Float32Array.from(value) };
  throw new Hdf5Fault(`"${path}" holds no numbers`);
}
