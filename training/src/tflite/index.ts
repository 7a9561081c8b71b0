export { bytesOf, GraphBuilder } from './graph-builder.js';
export { minimumRuntime, type Unversioned } from './operator-version.js';
export { writeTflite } from './write-model.js';
