import assert from 'node:assert/strict';
import { configSchema } from '@inkcast/device/config';
import { checkDigitSettings } from '@inkcast/device/daemon';
import { InkError } from '@inkcast/shared/errors';

const LETTERS = { reference: 'letters@1.0.0', labels: ['A', 'tick', 'none'] };
const DIGITS = { reference: 'digits@2.4.0', labels: [...'0123456789', 'none'] };
const MIXED = { reference: 'mixed@1.0.0', labels: [...'0123456789', 'X', 'none'] };

const configOf = (reading: object, regions: readonly object[] = []) =>
  configSchema.parse({ reading, vision: { regions } });

describe('settings that need digits', () => {
  it('are refused with a model of other classes, by name', () => {
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    for (const [reading, regions, named] of [
      [{ rules: { min: '1' } }, [], /^reading\.rules is for digits, and the model \S+ reads other classes: /],
      [{ rules: { digitCount: 3 } }, [], /^reading\.rules is/],
      [{ rules: { monotonic: true } }, [], /^reading\.rules is/],
      [{ expect: 'ddd' }, [], /^reading\.expect is/],
      [{}, [{ name: 'left', corners, rules: { decimalPlaces: 1 } }], /^reading\.rules of the region left is/],
    ] as const) {
      const config = configOf(reading, regions);
      checkDigitSettings(config, DIGITS);
      for (const model of [LETTERS, MIXED]) {
        assert.throws(
          () => checkDigitSettings(config, model),
          (error) => error instanceof InkError && error.code === 'INK_DIGITS_NEEDED' && named.test(error.message),
        );
      }
    }
  });

  it('are none of the defaults', () => {
    for (const reading of [{}, { rules: {} }, { rules: { acceptAfterMs: 5 } }]) {
      checkDigitSettings(configOf(reading), LETTERS);
    }
  });
});
