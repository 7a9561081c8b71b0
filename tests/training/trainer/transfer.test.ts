import assert from 'node:assert/strict';
import { buildModel, initializeParameters } from '@inkcast/training/models';
import { layersToFreeze, transferTo } from '@inkcast/training/trainer';

const network = buildModel('lenet', { width: 0.25 });
const base = { network, parameters: initializeParameters(network, 1), labels: [...'0123456789'] };

describe('a trained network for other classes', () => {
  it('gets a new output layer and keeps all other weights', () => {
    const { network: letters, parameters } = transferTo(base, ['a', 'b', 'c']);
    const output = letters.layers.at(-2);
    assert.ok(output?.kind === 'dense');
    assert.equal(output.units, 3);
    const kept = [...base.parameters.keys()].filter((name) => !name.startsWith(output.name));
    assert.deepEqual([...parameters.keys()], kept);
  });

  it('gets a new output layer for the same number of other classes', () => {
    assert.ok(transferTo(base, [...'abcdefghij']).parameters.size < base.parameters.size);
  });

  it('keeps all weights for the same classes', () => {
    assert.deepEqual(transferTo(base, base.labels), base);
  });

  it('is frozen by name and by depth', () => {
    const names = [...new Set([...base.parameters.keys()].map((name) => name.split('/')[0]))];
    assert.equal(names.length, 4);
    assert.deepEqual(layersToFreeze(network, [], 2), names.slice(0, 2));
    assert.deepEqual(layersToFreeze(network, [names[2]], 1), [names[0], names[2]]);
    assert.throws(() => layersToFreeze(network, ['conv_9'], 0), { code: 'INK_GRAPH_INVALID', message: /"conv_9"/ });
    assert.throws(() => layersToFreeze(network, [], 4), { code: 'INK_GRAPH_INVALID', message: /All 4 layers/ });
  });
});
