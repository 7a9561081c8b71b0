import assert from 'node:assert/strict';
import {
  decodeTensors,
  decodeWeights,
  encodeTensors,
  encodeWeights,
  networkSchema,
  weightsHash,
} from '@inkcast/training/checkpoint';
import { buildModel, initializeParameters, MODELS, NetworkBuilder } from '@inkcast/training/models';
import fc from 'fast-check';

const tensor = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return fc.record({
    shape: fc.constant(shape),
    data: fc.float32Array({ minLength: length, maxLength: length }),
  });
});
const name = fc.string({ minLength: 1 }).filter((text) => text !== '__metadata__' && text !== '__proto__');

describe('a safetensors file', () => {
  it('gives back every bit of every tensor, and the metadata', () => {
    const content = fc.tuple(
      fc.array(fc.tuple(name, tensor), { maxLength: 5 }),
      fc.dictionary(name, fc.string(), { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(content, ([entries, metadata]) => {
        const tensors = new Map(entries);
        const decoded = decodeTensors(encodeTensors({ tensors, metadata }), 'file');
        assert.equal(decoded.tensors.size, tensors.size);
        for (const [key, { shape, data }] of tensors) {
          const found = decoded.tensors.get(key);
          assert.deepEqual(found?.shape, shape);
          assert.deepEqual(new Uint8Array(found?.data.buffer ?? []), new Uint8Array(data.slice().buffer));
        }
        for (const [key, text] of Object.entries(metadata)) assert.equal(decoded.metadata[key], text);
      }),
    );
  });

  it('lies as the format says: length, JSON header, then values from a multiple of eight on', () => {
    const bytes = encodeTensors({
      tensors: new Map([['a', { shape: [2], data: Float32Array.of(1, -2) }]]),
      metadata: { made: 'here' },
    });
    const view = new DataView(bytes.buffer);
    const headerBytes = Number(view.getBigUint64(0, true));
    assert.equal(headerBytes % 8, 0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
    assert.deepEqual(header.a, { dtype: 'F32', shape: [2], data_offsets: [0, 8] });
    assert.equal(header.__metadata__.made, 'here');
    assert.equal(view.getFloat32(8 + headerBytes, true), 1);
    assert.equal(view.getFloat32(12 + headerBytes, true), -2);
  });

  it('is refused wherever it is cut off, and whatever bit is turned', () => {
    const bytes = encodeTensors({
      tensors: new Map([['a', { shape: [3], data: Float32Array.of(1, 2, 3) }]]),
      metadata: {},
    });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        assert.throws(() => decodeTensors(bytes.subarray(0, length), 'a.safetensors'), {
          code: 'INK_CHECKPOINT_INVALID',
          message: /^a\.safetensors /,
        });
      }),
    );
    const valuesFrom = bytes.length - 12;
    fc.assert(
      fc.property(fc.integer({ min: valuesFrom, max: bytes.length - 1 }), fc.nat(7), (at, bit) => {
        const changed = bytes.slice();
        changed[at] ^= 1 << bit;
        assert.throws(() => decodeTensors(changed, 'a'), { code: 'INK_CHECKPOINT_INVALID', message: /SHA-256/ });
      }),
    );
  });
});

describe('a file of weights', () => {
  for (const { name: model } of MODELS) {
    it(`holds all of ${model}`, () => {
      const network = buildModel(model, { width: 0.5 });
      const trained = { network, parameters: initializeParameters(network, 3), labels: [...'0123456789'] };
      const decoded = decodeWeights(encodeWeights(trained), 'weights');
      assert.deepEqual(decoded.network, network);
      assert.deepEqual(decoded.labels, trained.labels);
      assert.equal(weightsHash(decoded.parameters), weightsHash(trained.parameters));
    });
  }

  it('holds a detector, whose last layer is a map', () => {
    const network = new NetworkBuilder('detector', [8, 8, 1]).conv2d(4, 3, { strides: 2 }).upsample(2).build();
    const trained = { network, parameters: initializeParameters(network, 3), labels: ['a', 'b'] };
    assert.deepEqual(decodeWeights(encodeWeights(trained), 'w').network, network);
  });

  it('is refused for a layer of an unknown kind, and for weights that are not the network’s', () => {
    const network = buildModel('lenet', { width: 0.25 });
    const parameters = initializeParameters(network, 3);
    const labels = [...'0123456789'];
    const swirl = JSON.stringify({ ...network, layers: [{ ...network.layers[0], kind: 'swirl' }] });
    const unknown = encodeTensors({
      tensors: parameters,
      metadata: { network: swirl, labels: JSON.stringify(labels) },
    });
    assert.throws(() => decodeWeights(unknown, 'w'), { code: 'INK_CHECKPOINT_INVALID', message: /network\.layers/ });
    const wider = buildModel('lenet', { width: 0.5 });
    assert.throws(() => decodeWeights(encodeWeights({ network: wider, parameters, labels }), 'w'), {
      code: 'INK_CHECKPOINT_INVALID',
      message: /w has no "\S+" of the shape/,
    });
    assert.throws(() => networkSchema.parse({ name: 'x', layers: [] }));
  });
});
