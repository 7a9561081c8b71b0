export { decodeText } from './decode-text.js';
export { fileToReplace } from './file-to-replace.js';
export { isThere } from './is-there.js';
export { makeFolder } from './make-folder.js';
export { readWholeFile } from './read-whole-file.js';
export { replaceFile } from './replace-file.js';
export { recoverFolder, replaceFolder } from './replace-folder.js';
export { sha256 } from './sha256.js';
