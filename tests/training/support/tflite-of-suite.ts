import assert from 'node:assert/strict';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';

/** Opens TensorFlow Lite for the tests of a suite, and checks that they leave nothing open. */
export function tfLiteOfSuite(): () => TfLiteLibrary {
  let library: TfLiteLibrary;
  before(() => {
    library = openTfLite();
  });
  after(() => {
    library.close();
    assert.equal(library.openHandles, 0);
  });
  return () => library;
}
