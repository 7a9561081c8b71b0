import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { readTflite } from '@inkcast/shared/tflite-file';
import { modelFile } from '@inkcast/training/bundle';
import { ByteBuffer } from 'flatbuffers';
import { sampleModel } from '../../support/sample-tflite.js';

const LABELS = ['0', '1', 'none'];
const file = modelFile(sampleModel(), { name: 'sample', version: '1.2.3', labels: LABELS });

/** Follows fields of tables, by slot, from the root of a FlatBuffer. */
class Reader {
  readonly buffer: ByteBuffer;
  readonly table: number;

  constructor(buffer: ByteBuffer, table: number) {
    this.buffer = buffer;
    this.table = table;
  }

  static root(bytes: Uint8Array): Reader {
    const buffer = new ByteBuffer(bytes);
    return new Reader(buffer, buffer.readInt32(0));
  }

  #field(slot: number): number {
    const offset = this.buffer.__offset(this.table, 4 + 2 * slot);
    assert.notEqual(offset, 0, `slot ${slot} is absent`);
    return this.table + offset;
  }

  inside(slot: number): Reader {
    return new Reader(this.buffer, this.buffer.__indirect(this.#field(slot)));
  }

  first(slot: number): Reader {
    const start = this.buffer.__vector(this.#field(slot));
    return new Reader(this.buffer, this.buffer.__indirect(start));
  }

  text(slot: number): string {
    return String(this.buffer.__string(this.#field(slot)));
  }

  byte(slot: number): number {
    return this.buffer.readInt8(this.#field(slot));
  }

  integer(slot: number): number {
    return this.buffer.readInt32(this.#field(slot));
  }

  firstFloat(slot: number): number {
    return this.buffer.readFloat32(this.buffer.__vector(this.#field(slot)));
  }
}

describe('a model file', () => {
  it('describes its pictures, their normalisation and its labels, by the metadata schema', () => {
    const metadata = readTflite(file).metadata.get('TFLITE_METADATA');
    assert.ok(metadata);
    assert.equal(Buffer.from(metadata.subarray(4, 8)).toString(), 'M001');
    const model = Reader.root(metadata);
    assert.deepEqual([model.text(0), model.text(2), model.text(7)], ['sample', '1.2.3', '1.0.0']);
    const graph = model.first(3);
    const [input, output] = [graph.first(2), graph.first(3)];
    const content = input.inside(3);
    assert.equal(content.byte(0), 2, 'ImageProperties');
    assert.equal(content.inside(1).byte(0), 2, 'GRAYSCALE');
    const size = content.inside(1).inside(1);
    assert.deepEqual([size.integer(0), size.integer(1)], [6, 6]);
    const unit = input.first(4);
    assert.equal(unit.byte(0), 1, 'NormalizationOptions');
    // The mean of zero is written too: a reader must not take it for missing.
    assert.deepEqual([unit.inside(1).firstFloat(0), unit.inside(1).firstFloat(1)], [0, 255]);
    const labels = output.first(6);
    assert.deepEqual([labels.text(0), labels.byte(2)], ['labels.txt', 2]);
  });

  it('carries the labels behind the graph, as an uncompressed ZIP file with offsets from its first byte', () => {
    const bytes = Buffer.from(file);
    const end = bytes.length - 22;
    assert.equal(bytes.readUInt32LE(end), 0x06054b50);
    assert.equal(bytes.readUInt16LE(end + 10), 1);
    const directory = bytes.readUInt32LE(end + 16);
    assert.equal(bytes.readUInt32LE(directory), 0x02014b50);
    assert.equal(directory + bytes.readUInt32LE(end + 12), end);
    const at = bytes.readUInt32LE(directory + 42);
    assert.equal(bytes.readUInt32LE(at), 0x04034b50);
    const [method, sum, size] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 14), bytes.readUInt32LE(at + 22)];
    const nameLength = bytes.readUInt16LE(at + 26);
    assert.equal(bytes.toString('utf8', at + 30, at + 30 + nameLength), 'labels.txt');
    const content = bytes.subarray(at + 30 + nameLength, at + 30 + nameLength + size);
    assert.equal(content.toString(), '0\n1\nnone\n');
    assert.deepEqual([method, sum], [0, crc32(content)]);
    assert.equal(at + 30 + nameLength + size, directory);
  });

  it('says the lowest runtime, aligns constants to 16 bytes, and is the same for the same model', () => {
    const model = readTflite(file);
    assert.match(Buffer.from(model.metadata.get('min_runtime_version') ?? []).toString(), /^1\.14\.0\0+$/);
    for (const { data } of model.tensors) {
      if (data !== undefined) assert.equal((data.byteOffset - file.byteOffset) % 16, 0);
    }
    assert.deepEqual(modelFile(sampleModel(), { name: 'sample', version: '1.2.3', labels: LABELS }), file);
  });
});
