export { type Hdf5Group, tensorsByPath } from './hdf5-group.js';
export { Hdf5Fault, readHdf5 } from './read-hdf5.js';
export { writeHdf5 } from './write-hdf5.js';
