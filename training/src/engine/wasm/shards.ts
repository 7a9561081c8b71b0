/**
 * The parts that every batch is split into, whatever the number of threads: gradients are summed within each part and
 * then over the parts in their order, so that the weights come out the same on any number of threads.
 */
export const SHARDS = 8;

/** The first picture of shard `shard` in a batch of `count`; shard `SHARDS` begins where the batch ends. */
export const firstOfShard = (shard: number, count: number): number => Math.floor((shard * count) / SHARDS);
