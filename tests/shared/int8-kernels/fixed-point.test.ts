import assert from 'node:assert/strict';
import { doublingHighMultiply, multiply, quantizeMultiplier, roundingShift } from '@inkcast/shared/int8-kernels';
import fc from 'fast-check';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const mantissa = fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 });
/** Values and exponents as they come from sums of products: the result fits 32 bits. */
const small = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });

const half = (bits: number): bigint => (bits === 0 ? 0n : 1n << BigInt(bits - 1));

describe('fixed-point arithmetic', () => {
  it('takes the exact high half of a product', () => {
    fc.assert(
      fc.property(int32, mantissa, (a, b) => {
        const exact = (BigInt(a) * BigInt(b) + (1n << 30n)) >> 31n;
        assert.equal(doublingHighMultiply(a, b), Number(exact));
      }),
    );
    assert.equal(doublingHighMultiply(-(2 ** 31), -(2 ** 31)), 2 ** 31 - 1);
  });

  it('rounds ties away from zero when it shifts', () => {
    assert.deepEqual(
      [3, -3, 2, -2, 5, -5].map((value) => roundingShift(value, 1)),
      [2, -2, 1, -1, 3, -3],
    );
    assert.equal(roundingShift(-1, 0), -1);
    fc.assert(
      fc.property(int32, fc.integer({ min: 0, max: 30 }), (value, bits) => {
        const magnitude = (BigInt(Math.abs(value)) + half(bits)) >> BigInt(bits);
        assert.equal(roundingShift(value, bits), Number(value < 0 ? -magnitude : magnitude));
      }),
    );
  });

  it('rounds ties up where the matrix product does', () => {
    fc.assert(
      fc.property(small, mantissa, fc.integer({ min: -20, max: 6 }), (value, bits, exponent) => {
        const left = Math.max(0, exponent);
        const right = left - exponent;
        const high = (BigInt(value) * 2n ** BigInt(left) * BigInt(bits) + (1n << 30n)) >> 31n;
        const exact = (high + half(right)) >> BigInt(right);
        assert.equal(multiply(value, { mantissa: bits, exponent }, 'up'), Number(exact));
      }),
    );
  });

  it('finds the nearest multiplier of a factor', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -30, max: 2 ** 20, noNaN: true }), (factor) => {
        const { mantissa: bits, exponent } = quantizeMultiplier(factor);
        assert.ok(bits >= 2 ** 30 && bits < 2 ** 31, `mantissa ${bits}`);
        const error = Math.abs((bits / 2 ** 31) * 2 ** exponent - factor);
        assert.ok(error <= factor * 2 ** -31, `${factor} is off by ${error}`);
      }),
    );
    assert.deepEqual(quantizeMultiplier(1), { mantissa: 2 ** 30, exponent: 1 });
    assert.deepEqual(quantizeMultiplier(0), { mantissa: 0, exponent: 0 });
    assert.deepEqual(quantizeMultiplier(2 ** -40), { mantissa: 0, exponent: 0 });
  });
});
