/** The library, which is loaded only when a file is read or written: it takes 4 MB. */
export async function openLibrary() {
  const { File, Group, Dataset, ready } = await import('h5wasm');
  const { FS: files, activate_throwing_error_handler } = await ready;
  // Otherwise the library prints its call stack and goes on.
  activate_throwing_error_handler();
  return { File, Group, Dataset, files };
}

export type Hdf5Library = Awaited<ReturnType<typeof openLibrary>>;

/** The name of the only file in the library's file system, which is in memory. */
export const FILE = '/file.h5';
