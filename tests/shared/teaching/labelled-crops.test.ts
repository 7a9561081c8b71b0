import assert from 'node:assert/strict';
import { InkError } from '@inkcast/shared/errors';
import { encodeLabelledCrops, type LabelledCrops, parseLabelledCrops } from '@inkcast/shared/teaching';
import fc from 'fast-check';

const className = fc.stringMatching(/^[^\s\p{Cc}]{1,8}$/u);

const square = (side: number) => Uint8Array.from({ length: side ** 2 }, (_, index) => side * index);

const labelled: fc.Arbitrary<LabelledCrops> = fc
  .uniqueArray(className, { minLength: 2, maxLength: 12 })
  .chain((classes) =>
    fc.record(
      {
        classes: fc.constant(classes),
        crops: fc.array(
          fc.record(
            {
              id: fc.stringMatching(/^[0-9A-Z]{1,26}$/),
              label: fc.constantFrom(...classes),
              heldBack: fc.boolean(),
              confirmed: fc.boolean(),
              pixels: fc.integer().map((seed) => Uint8Array.from({ length: 784 }, (_, index) => seed * index)),
              around: fc.record(
                {
                  window: fc.double({ min: 0.1, max: 9, noNaN: true }),
                  pixels: fc.integer({ min: 1, max: 60 }).map(square),
                },
                { noNullPrototype: true },
              ),
            },
            { noNullPrototype: true, requiredKeys: ['id', 'label', 'heldBack', 'confirmed', 'pixels'] },
          ),
          { maxLength: 4 },
        ),
      },
      { noNullPrototype: true },
    ),
  );

const sample: LabelledCrops = {
  classes: ['7', 'none'],
  crops: [{ id: '01A', label: '7', heldBack: true, confirmed: false, pixels: new Uint8Array(784).fill(9) }],
};

function refused(text: string, message: RegExp): void {
  assert.throws(
    () => parseLabelledCrops(text, 'labels.jsonl'),
    (error) => error instanceof InkError && error.code === 'INK_DATASET_INVALID' && message.test(error.message),
  );
}

describe('a file of labelled crops', () => {
  it('holds what was written to it', () => {
    fc.assert(
      fc.property(labelled, (given) => {
        assert.deepEqual(parseLabelledCrops(encodeLabelledCrops(given), 'labels.jsonl'), given);
      }),
    );
  });

  it('is refused with the line that is wrong', () => {
    const text = encodeLabelledCrops(sample);
    const [header, crop] = text.split('\n');
    refused('', /no JSON in line 1/);
    refused(`${header}\n`, /has 0 crops and must have 1/);
    refused(`${header}\n${crop.slice(0, -1)}\n`, /no JSON in line 2/);
    refused(text.replace('"7","heldBack"', '"8","heldBack"'), /label "8", no class of it, in line 2/);
    refused(text.replace('"pixels":"CQkJ', '"pixels":"'), /781 pixels and not 784 in line 2/);
    const around = { window: 1.8, pixels: new Uint8Array(5) };
    const oblong = encodeLabelledCrops({ ...sample, crops: [{ ...sample.crops[0], around }] });
    refused(oblong, /no square picture around a crop in line 2/);
    refused(text.replace('"version":1', '"version":2'), /wrong in line 1 at version/);
  });

  it('never ends parsing with anything but its content or a coded error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `${json}\n{}`),
        ),
        (text) => {
          try {
            parseLabelledCrops(text, 'labels.jsonl');
          } catch (error) {
            assert.ok(error instanceof InkError);
          }
        },
      ),
    );
  });
});
