export { attachFiles } from './associated-files.js';
export { exposeComputed } from './expose-computed.js';
export { bytesOf, GraphBuilder } from './graph-builder.js';
export { METADATA_NAME, type ModelDescription, modelMetadata } from './model-metadata.js';
export { minimumRuntime, type Unversioned } from './operator-version.js';
export { readAttached } from './read-attached.js';
export { writeTflite } from './write-model.js';
