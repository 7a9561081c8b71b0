import type { Manifest } from '@inkcast/shared/bundle';

/** A manifest of two classes without its files; any part can be replaced. */
export function sampleManifest(changes: Partial<Manifest> = {}): Omit<Manifest, 'files'> {
  const metrics = {
    accuracy: 0.75,
    loss: 0.5,
    perClass: [1, 0.5],
    confusion: [
      [2, 0],
      [1, 1],
    ],
  };
  return {
    formatVersion: 1,
    name: 'sample',
    version: '1.0.0',
    created: '2026-01-02T03:04:05Z',
    architecture: 'lenet',
    parameters: 100,
    labels: ['0', '1'],
    input: {
      shape: [1, 28, 28, 1],
      dtype: 'int8',
      scale: 1 / 255,
      zeroPoint: -128,
      polarity: 'white-on-black',
      range: [0, 1],
    },
    output: { shape: [1, 2], dtype: 'int8', scale: 1 / 256, zeroPoint: -128 },
    temperature: 1,
    metrics: { float: metrics, int8: metrics },
    dataset: { name: 'mnist', sha256: {} },
    recipe: { epochs: 1 },
    seed: 1,
    calibration: { method: 'minmax', images: 10 },
    madeWith: { inkcast: '0.1.0' },
    ...changes,
  };
}
