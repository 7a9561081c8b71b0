import * as z from 'zod/mini';
import { InkError } from '../errors/index.js';
import type { BoostedTrees, Tree } from './boosted-trees.js';
import type { Judgement } from './judgement.js';

/** Values of leaves are whole multiples of a step, from -16384 to 16383. */
const ZERO = 2 ** 14;
const MAX_LIMITS = 2 ** 8;
/** The byte of a leaf in the place of a feature. */
const LEAF = 0;

const forestSchema = z.object({
  features: z.array(z.string()),
  start: z.number(),
  /** Different limits of each feature, smallest first. */
  limits: z.array(z.array(z.number())),
  /** Of all trees together. */
  nodes: z.int().check(z.nonnegative()),
  /** Value of a leaf of 1. */
  step: z.number().check(z.positive()),
});

const headSchema = z.object({
  minSpotLogOdds: z.number(),
  minConfidence: z.number(),
  minDoubt: z.number(),
  local: forestSchema,
  context: forestSchema,
});

type ForestHead = z.infer<typeof forestSchema>;

/**
 * A judgement in a ninth of its bytes: the length of a head (uint32, little-endian), the head as JSON, then each forest as
 * one byte a node with its feature, one byte an inner node with the number of its limit, and the low and then the high bytes
 * of all leaves. Limits stay exact. The leaves are rounded to a 32,768th of their range, and inner nodes lose the values that
 * no reading asks for.
 *
 * @throws RangeError if a tree is not in depth-first order, or a feature has more than 256 limits
 */
export function packJudgement({ local, context, ...numbers }: Judgement): Uint8Array {
  const forests = [local, context].map(packForest);
  const [localHead, contextHead] = forests.map(({ head }) => head);
  const head = new TextEncoder().encode(JSON.stringify({ ...numbers, local: localHead, context: contextHead }));
  const packed = new Uint8Array(4 + head.length + forests.reduce((sum, { bytes }) => sum + bytes.length, 0));
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, 4);
  let at = 4 + head.length;
  for (const { bytes } of forests) {
    packed.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

/** The judgement that was packed. @throws InkError INK_BUNDLE_INVALID if the bytes are not one */
export function unpackJudgement(packed: Uint8Array): Judgement {
  try {
    const headLength = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
    const text = new TextDecoder().decode(packed.subarray(4, 4 + headLength));
    const { local, context, ...numbers } = headSchema.parse(JSON.parse(text));
    const bytes = packed.subarray(4 + headLength);
    const first = unpackForest(local, bytes);
    const second = unpackForest(context, bytes.subarray(first.length));
    if (first.length + second.length !== bytes.length) throw new RangeError('more or less than its nodes');
    return { ...numbers, local: first.forest, context: second.forest };
  } catch (cause) {
    throw new InkError('INK_BUNDLE_INVALID', 'The packed judgement is damaged.', { cause });
  }
}

function packForest({ features, start, trees }: BoostedTrees): { head: ForestHead; bytes: Uint8Array } {
  const limits = features.map((_, feature) => {
    const used = trees.flatMap((tree) => tree.limit.filter((_, node) => tree.feature[node] === feature));
    return [...new Set(used)].sort((a, b) => a - b);
  });
  if (limits.some(({ length }) => length > MAX_LIMITS) || features.length >= MAX_LIMITS) {
    throw new RangeError('a forest of more limits or features than a byte counts');
  }
  const [kinds, indices, values]: [number[], number[], number[]] = [[], [], []];
  for (const tree of trees) {
    tree.feature.forEach((feature, node) => {
      kinds.push(feature + 1);
      if (feature < 0) values.push(tree.value[node]);
      else indices.push(limits[feature].indexOf(tree.limit[node]));
    });
    if (!isDepthFirst(tree)) throw new RangeError('a tree that is not in depth-first order');
  }
  const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const step = most === 0 ? 1 : 2 ** Math.ceil(Math.log2(most / (ZERO - 1)));
  const leaves = values.map((value) => Math.round(value / step) + ZERO);
  return {
    head: { features, start, limits, nodes: kinds.length, step },
    bytes: Uint8Array.from([
      ...kinds,
      ...indices,
      ...leaves.map((leaf) => leaf & 0xff),
      ...leaves.map((leaf) => leaf >> 8),
    ]),
  };
}

/** Whether each node is followed by its low branch, and that by its high branch. */
function isDepthFirst({ feature, low, high }: Tree): boolean {
  const endOf = (node: number): number => {
    if (feature[node] < 0) return node + 1;
    return low[node] === node + 1 && endOf(low[node]) === high[node] ? endOf(high[node]) : -1;
  };
  return endOf(0) === feature.length;
}

function unpackForest(head: ForestHead, bytes: Uint8Array): { forest: BoostedTrees; length: number } {
  const { features, start, limits, nodes, step } = head;
  const kinds = bytes.subarray(0, nodes);
  const leafCount = kinds.reduce((count, kind) => count + (kind === LEAF ? 1 : 0), 0);
  const length = 2 * nodes + leafCount;
  const indices = bytes.subarray(nodes, 2 * nodes - leafCount);
  const lows = bytes.subarray(2 * nodes - leafCount, 2 * nodes);
  const highs = bytes.subarray(2 * nodes, length);
  if (highs.length !== leafCount) throw new RangeError('fewer bytes than its nodes');
  let [at, inner, leaf] = [0, 0, 0];
  const readTree = (): Tree => {
    const tree: Tree = { feature: [], limit: [], low: [], high: [], value: [] };
    const readNode = (): number => {
      if (at === nodes) throw new RangeError('a tree without an end');
      const node = tree.feature.length;
      const feature = kinds[at++] - 1;
      const limit = feature < 0 ? 0 : limits[feature]?.[indices[inner++]];
      if (limit === undefined) throw new RangeError('a limit that there is not');
      tree.feature.push(feature);
      tree.low.push(0);
      tree.high.push(0);
      tree.limit.push(limit);
      tree.value.push(feature < 0 ? (lows[leaf] + 256 * highs[leaf++] - ZERO) * step : 0);
      if (feature >= 0) {
        tree.low[node] = readNode();
        tree.high[node] = readNode();
      }
      return node;
    };
    readNode();
    return tree;
  };
  const trees: Tree[] = [];
  while (at < nodes) trees.push(readTree());
  return { forest: { features, start, trees }, length };
}
