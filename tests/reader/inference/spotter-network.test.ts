import assert from 'node:assert/strict';
import { type BackEndChoice, CpuRuntime, openCpuBackEnd, openRuntime, openSpotter } from '@inkcast/device/inference';
import { SpotterNetwork } from '@inkcast/reader/inference';
import { READER_NUMBERS } from '@inkcast/reader/numbers';
import type { BundleSpotter, SpotterDescription } from '@inkcast/shared/bundle';
import { type ErrorCode, InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { edgeTpuModel } from '../../device/inference/support/edge-tpu.js';
import { describeSpotter, spotterModel } from '../../support/sample-spotter.js';

const SIZES = [
  [32, 48],
  [64, 32],
  [16, 96],
] as const;

const spotter: BundleSpotter = { description: describeSpotter('standard', 32, 48), model: spotterModel(32, 48) };
const small: BundleSpotter = { description: describeSpotter('small', 16, 32), model: spotterModel(16, 32) };

const picture = (height: number, width: number): Uint8Array =>
  Uint8Array.from({ length: height * width }, (_, index) => index * index * 53);

const coded =
  (code: ErrorCode) =>
  (error: unknown): boolean =>
    error instanceof InkError && error.code === code;

/**
 * What a file made for this size of picture says, its input quantized as TensorFlow Lite specifies:
 * real = scale * (quantized - zeroPoint).
 */
function expectedOf(
  library: TfLiteLibrary,
  { input: { scale, zeroPoint, range } }: SpotterDescription,
  gray: Uint8Array,
  height: number,
  width: number,
): number[] {
  const [black, white] = range;
  const quantized = Int8Array.from(gray, (byte) => {
    const real = black + (byte / 255) * (white - black);
    return Math.round(real / scale) + zeroPoint;
  });
  const backEnd = openCpuBackEnd(library, spotterModel(height, width));
  const output = [...backEnd.run(quantized)];
  backEnd.close();
  return output;
}

describe('the spotter network', () => {
  for (const choice of ['cpu', 'wasm'] as const) {
    it(`says of a picture of any size what a file made for that size says, with ${choice}`, async () => {
      const library = openTfLite();
      const network = new SpotterNetwork(spotter, await openRuntime({ choice }));
      try {
        // The sizes alternate, so that each is opened again after it was closed.
        for (const [height, width] of [...SIZES, ...SIZES]) {
          const output = network.run(picture(height, width), height, width);
          const expected = expectedOf(library, network.description, picture(height, width), height, width);
          assert.equal(output.length, (height / 4) * (width / 4) * 14);
          const apart = expected.map((value, index) => Math.abs(value - output[index]));
          assert.ok(Math.max(...apart) <= 2, `${height}x${width}: ${Math.max(...apart)}`);
        }
      } finally {
        network.close();
        library.close();
      }
    });
  }

  it('keeps the sizes open that were used last, and frees all when it is closed', () => {
    const library = openTfLite();
    const network = new SpotterNetwork(spotter, new CpuRuntime(library));
    const run = ([height, width]: readonly [number, number]): number => {
      network.run(picture(height, width), height, width);
      return library.openHandles;
    };
    const count = READER_NUMBERS.spotterSizesOpen.value;
    const sizes = Array.from({ length: count + 1 }, (_, index): [number, number] => [32, 32 + 16 * index]);
    const [first] = sizes;
    const one = run(first);
    const all = sizes.slice(0, count).map(run);
    assert.ok(one > 0);
    assert.deepEqual(
      all,
      all.map((_, index) => (index + 1) * one),
    );
    assert.equal(run(first), count * one);
    assert.equal(run(sizes[count]), count * one);
    // The first size was used after the others, so the second was closed.
    const output = network.run(picture(...first), ...first);
    assert.deepEqual([...output], expectedOf(library, network.description, picture(...first), ...first));
    network.close();
    network.close();
    assert.equal(library.openHandles, 0);
    assert.throws(() => run(first), coded('INK_TFLITE_INTERPRETER'));
  });

  it('keeps nothing of a check whether it runs at all', () => {
    const library = openTfLite();
    const network = new SpotterNetwork(spotter, new CpuRuntime(library));
    network.check();
    assert.equal(library.openHandles, 0);
    network.run(picture(32, 32), 32, 32);
    assert.ok(library.openHandles > 0);
    network.close();
  });

  it('refuses a picture that is not of the size it is said to be', () => {
    const library = openTfLite();
    const network = new SpotterNetwork(spotter, new CpuRuntime(library));
    assert.throws(() => network.run(picture(32, 32), 32, 48), coded('INK_TFLITE_INTERPRETER'));
    network.close();
    assert.equal(library.openHandles, 0);
  });

  it('takes each byte of luma for the nearest value of its input, whatever that is quantized by', () => {
    const [height, width] = [16, 16];
    const everyByte = Uint8Array.from({ length: height * width }, (_, index) => index);
    for (const changes of [{}, { scale: 1 / 127, zeroPoint: 0, range: [-1, 1] as [number, number] }]) {
      const library = openTfLite();
      const description = { ...spotter.description, input: { ...spotter.description.input, ...changes } };
      const network = new SpotterNetwork({ ...spotter, description }, new CpuRuntime(library));
      const output = [...network.run(everyByte, height, width)];
      const expected = expectedOf(library, description, everyByte, height, width);
      network.close();
      assert.deepEqual(output, expected);
    }
  });
});

describe('openSpotter', () => {
  const broken: BundleSpotter = { ...spotter, model: edgeTpuModel() };
  const opened = async (
    spotters: readonly BundleSpotter[],
    size: 'standard' | 'small',
    choice: BackEndChoice = 'cpu',
  ) => {
    const notes: string[] = [];
    const onNote = (note: string) => notes.push(note);
    const opening = await openSpotter({ folder: 'bundle', spotters }, size, { choice, onNote });
    opening.close();
    return { finest: opening.finest, notes };
  };

  it('takes the network of the size that is asked for, and shows it whole frames', async () => {
    assert.deepEqual(await opened([spotter, small], 'standard'), { finest: 1, notes: [] });
    // Were the other one taken, it would be refused.
    assert.deepEqual(await opened([broken, small], 'small'), { finest: 1, notes: [] });
  });

  it('shows the one that there is every second pixel where it is to be small', async () => {
    assert.deepEqual(await opened([spotter], 'small'), { finest: 2, notes: [] });
  });

  it('refuses a bundle that has none', async () => {
    await assert.rejects(opened([], 'standard'), coded('INK_BUNDLE_INVALID'));
  });

  it('runs on the processor beside a Coral, and says so', async () => {
    const { notes } = await opened([spotter], 'standard', 'coral');
    assert.equal(notes.length, 1);
    assert.match(notes[0], /processor.*Coral/);
  });

  it('refuses at once a network that cannot be run', async () => {
    for (const choice of ['cpu', 'wasm'] as const) {
      await assert.rejects(opened([broken], 'standard', choice), coded('INK_TFLITE_INTERPRETER'));
    }
  });
});
