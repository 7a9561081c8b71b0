// Run as a process of its own: runs every .tflite file of a folder through TensorFlow Lite, and says the name of each
// before it does, so that a crash can be laid to a file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';

/** The library may refuse what our reader lets pass; it must not crash on it. */
function run(library: TfLiteLibrary, bytes: Uint8Array, delegate: 'none' | 'xnnpack'): void {
  try {
    const model = library.loadModel(bytes);
    try {
      model.createInterpreter({ delegate }).invoke();
    } finally {
      model.close();
    }
  } catch (error) {
    if (!(error instanceof InkError)) throw error;
  }
}

const [folder] = process.argv.slice(2);
const library = openTfLite();
for (const name of readdirSync(folder)) {
  process.stdout.write(`${name}\n`);
  const bytes = readFileSync(join(folder, name));
  run(library, bytes, 'none');
  run(library, bytes, 'xnnpack');
}
library.close();
process.stdout.write('done\n');
