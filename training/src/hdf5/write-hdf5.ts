import type { Group } from 'h5wasm';
import type { Hdf5Group } from './hdf5-group.js';
import { FILE, openLibrary } from './library.js';

/** The bytes of an HDF5 file in the oldest form of the format, which every version of h5py reads. */
export async function writeHdf5(root: Hdf5Group): Promise<Uint8Array> {
  const library = await openLibrary();
  try {
    const file = new library.File(FILE, 'w', { libver: ['earliest', 'v110'] });
    try {
      writeGroup(file, root);
    } finally {
      file.close();
    }
    return library.files.readFile(FILE);
  } finally {
    library.files.unlink(FILE);
  }
}

function writeGroup(group: Group, { attributes, groups, tensors }: Hdf5Group): void {
  for (const [name, value] of attributes) {
    // An empty list of texts would get a type of numbers.
    if (typeof value === 'string') group.create_attribute(name, value, [], 'S');
    else if (value.length > 0) group.create_attribute(name, [...value], [value.length], 'S');
  }
  for (const [name, { shape, data }] of tensors) {
    group.create_dataset({ name, data, shape: [...shape], dtype: '<f' });
  }
  for (const [name, child] of groups) writeGroup(group.create_group(name), child);
}
