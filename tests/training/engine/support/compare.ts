import assert from 'node:assert/strict';

/** Fails where two lists differ by more than `tolerance` times the largest magnitude in them (at least `floor`). */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
  floor = 1e-3,
): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  let largest = floor;
  for (let index = 0; index < expected.length; index++) largest = Math.max(largest, Math.abs(expected[index]));
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index] - expected[index]);
    if (!(difference <= tolerance * largest)) {
      assert.fail(`${what}[${index}] is ${actual[index]}, expected ${expected[index]} (largest ${largest})`);
    }
  }
}
