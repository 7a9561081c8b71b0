import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { attachFiles, readAttached } from '@inkcast/training/tflite';
import fc from 'fast-check';

const CRC_AT = 14;

describe('files that are attached to a .tflite file', () => {
  it('come out as they went in, with the checksum that zlib gives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 300 }), (model, content) => {
        const file = attachFiles(model, new Map([['labels.txt', content]]));
        assert.deepEqual(file.subarray(0, model.length), model);
        assert.deepEqual([...readAttached(file)], [['labels.txt', content]]);
        const view = new DataView(file.buffer, file.byteOffset);
        assert.equal(view.getUint32(model.length + CRC_AT, true), crc32(content));
      }),
    );
  });
});
