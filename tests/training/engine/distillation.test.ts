import assert from 'node:assert/strict';
import { type CrossEntropyOptions, createEngine, type DistillationOptions } from '@inkcast/training/engine';
import { NetworkBuilder } from '@inkcast/training/models';
import fc from 'fast-check';
import { assertClose } from './support/compare.js';

const CLASSES = 4;
/** The logits of a picture are its pixels: the kernel is the unit matrix. */
const network = new NetworkBuilder('tiny', [1, 1, CLASSES]).flatten().dense(CLASSES).softmax().build();
const unit = new Map([
  [
    'dense1/kernel',
    {
      shape: [CLASSES, CLASSES],
      data: Float32Array.from({ length: CLASSES ** 2 }, (_, at) => (at % (CLASSES + 1) === 0 ? 1 : 0)),
    },
  ],
  ['dense1/bias', { shape: [CLASSES], data: new Float32Array(CLASSES) }],
]);

interface Given {
  readonly logits: readonly number[];
  readonly label: number;
  readonly softLabels: readonly number[];
}

const softmax = (logits: readonly number[], temperature = 1): number[] => {
  const powers = logits.map((logit) => Math.exp(logit / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

type LossOf = (given: readonly Given[]) => Promise<{ loss: number; correct: number; slopes: number[] }>;

/** Runs `work` on both back ends with a loss; each starts once, because starting takes longer than all batches. */
async function onBoth(loss: CrossEntropyOptions, work: (lossOf: LossOf, backend: string) => Promise<void>) {
  for (const backend of ['reference', 'wasm'] as const) {
    const engine = createEngine({ network, backend, batchSize: 8, threads: 1, seed: 1, loss });
    await engine.start();
    try {
      engine.loadParameters(unit);
      await work(async (given) => {
        const result = await engine.gradients({
          images: Float32Array.from(given.flatMap(({ logits }) => logits)),
          labels: given.map(({ label }) => label),
          softLabels: Float32Array.from(given.flatMap(({ softLabels }) => softLabels)),
          count: given.length,
        });
        // The bias has the gradient of the logits, summed over the pictures.
        return { ...result, slopes: [...(result.gradients.get('dense1/bias')?.data ?? [])] };
      }, backend);
    } finally {
      await engine.stop();
    }
  }
}

const logits = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: CLASSES, maxLength: CLASSES });
const given: fc.Arbitrary<Given> = fc.record({
  logits,
  label: fc.integer({ min: 0, max: CLASSES - 1 }),
  softLabels: logits.map((values) => softmax(values)),
});
const DISTILLATIONS: readonly DistillationOptions[] = [
  { share: 0.3, temperature: 1 },
  { share: 0.9, temperature: 4 },
  { share: 1, temperature: 0.6 },
];

describe('learning from soft labels', () => {
  for (const distillation of DISTILLATIONS) {
    const { share, temperature } = distillation;
    it(`has the loss and the gradients of its definition: share ${share}, temperature ${temperature}`, () =>
      onBoth({ distillation }, async (lossOf, backend) =>
        fc.assert(
          fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 3 }), async (pictures) => {
            let loss = 0;
            const slopes = new Array<number>(CLASSES).fill(0);
            for (const { logits: values, label, softLabels } of pictures) {
              const [own, cooled] = [softmax(values), softmax(values, temperature)];
              const target = softmax(softLabels.map(Math.log), temperature);
              const soft = target.reduce((sum, value, index) => sum - value * Math.log(cooled[index]), 0);
              loss += ((1 - share) * -Math.log(own[label]) + share * temperature ** 2 * soft) / pictures.length;
              for (let index = 0; index < CLASSES; index++) {
                const hard = own[index] - (index === label ? 1 : 0);
                const softened = temperature * (cooled[index] - target[index]);
                slopes[index] += ((1 - share) * hard + share * softened) / pictures.length;
              }
            }
            const found = await lossOf(pictures);
            assertClose([found.loss], [loss], 1e-4 * Math.max(1, loss), backend);
            assertClose(found.slopes, slopes, 1e-4, backend);
          }),
          { numRuns: 30 },
        ),
      ));
  }

  it('teaches nothing more to a network that gives the soft labels already, at a temperature too', () =>
    onBoth({ distillation: { share: 1, temperature: 3 } }, async (lossOf, backend) =>
      fc.assert(
        fc.asyncProperty(logits, async (values) => {
          const { slopes } = await lossOf([{ logits: values, label: 0, softLabels: softmax(values) }]);
          assert.ok(Math.max(...slopes.map(Math.abs)) < 1e-5, `${backend}: ${slopes}`);
        }),
        { numRuns: 30 },
      ),
    ));

  it('is the usual loss where the soft labels are certain, also with weights of classes', async () => {
    const certain = { logits: [0.5, -1, 2, 0], label: 1, softLabels: [0, 1, 0, 0] };
    const classWeights = [1, 3, 1, 1];
    const found: (readonly number[])[] = [];
    const record = async (lossOf: LossOf) => {
      const { loss, correct, slopes } = await lossOf([certain]);
      assert.equal(correct, 0);
      found.push([loss, ...slopes]);
    };
    await onBoth({ classWeights, distillation: { share: 0.7, temperature: 1 } }, record);
    await onBoth({ classWeights }, record);
    assertClose(found.slice(0, 2).flat(), found.slice(2).flat(), 1e-5, 'soft');
  });

  it('is refused for a wrong share or temperature, and for a batch without soft labels', async () => {
    for (const [options, message] of [
      [{ share: 0, temperature: 1 }, /loss\.distillation\.share is 0 and must be in \(0, 1\]/],
      [{ share: 1, temperature: 0 }, /loss\.distillation\.temperature is 0 and must be above 0/],
    ] as const) {
      const loss = { distillation: options };
      assert.throws(() => createEngine({ network, backend: 'wasm', batchSize: 1, seed: 1, loss }), message);
    }
    for (const backend of ['reference', 'wasm'] as const) {
      const loss = { distillation: { share: 1, temperature: 1 } };
      const engine = createEngine({ network, backend, batchSize: 1, threads: 1, seed: 1, loss });
      await engine.start();
      try {
        const batch = { images: new Float32Array(CLASSES), labels: [0], count: 1 };
        await assert.rejects(engine.gradients(batch), { code: 'INK_BATCH_INVALID', message: /has no soft labels/ });
        const short = { ...batch, softLabels: new Float32Array(2) };
        await assert.rejects(engine.gradients(short), { code: 'INK_BATCH_INVALID', message: /has 2 values/ });
      } finally {
        await engine.stop();
      }
    }
  });
});
