import assert from 'node:assert/strict';
import { Random } from '@inkcast/training/random';

describe('the seeded generator', () => {
  it('continues bit by bit from a saved state', () => {
    const random = new Random(42);
    random.next();
    const copy = Random.fromState(random.state());
    const draw = (source: Random) => Array.from({ length: 100 }, () => source.uint32());
    assert.deepEqual(draw(random), draw(copy));
  });

  it('is the published xoshiro128**', () => {
    // From the reference C code with the state 1, 2, 3, 4.
    const random = Random.fromState([1, 2, 3, 4]);
    assert.deepEqual([random.uint32(), random.uint32(), random.uint32()], [11520, 0, 5927040]);
  });

  it('is uniform, and shuffles without losing anything', () => {
    const random = new Random(3);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 100_000; draw++) {
      const value = random.integer(10);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    assert.equal(counts.size, 10);
    for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 500);
    const items = Uint32Array.from({ length: 1000 }, (_, index) => index);
    random.shuffle(items);
    assert.notDeepEqual(items, items.slice().sort());
    assert.deepEqual(
      items.slice().sort(),
      Uint32Array.from({ length: 1000 }, (_, index) => index),
    );
  });

  it('forks independent streams without changing its state', () => {
    const random = new Random(5);
    const before = random.state();
    assert.notEqual(random.fork(0).uint32(), random.fork(1).uint32());
    assert.equal(random.fork(2).uint32(), random.fork(2).uint32());
    assert.deepEqual(random.state(), before);
  });

  it('draws standard normals', () => {
    const random = new Random(9);
    const draws = Array.from({ length: 50_000 }, () => random.normal());
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03);
  });
});
