import type { Multiplier, Ties } from '@inkcast/shared/int8-kernels';

/** Channels that a kernel rescales at once, and those of one block of numbers. */
export const GROUP = 8;
const LANES = 4;

/** Layout of a block, as kernels/rescale.as.ts reads it. */
const AT = {
  ...{ factors: 0, mantissas: 16, nudges: 32, ties: 64, offsets: 96, shift: 112, kind: 116, isAway: 120 },
  ...{ leftShifts: 128, rightShifts: 144 },
};
export const BLOCK_BYTES = 160;
const KINDS = { each: 0, common: 1, single: 2 };

/** What rescales the sums of one channel. */
export interface ChannelRescaling {
  readonly multiplier: Multiplier;
  /** The largest absolute value that a sum can have. */
  readonly bound: number;
}

/**
 * The numbers by which `rescale` turns sums into 8-bit values, in blocks of four channels.
 *
 * The definition (`multiply` of int8-kernels) rounds twice: high = floor((sum * mantissa + 2^30) / 2^31), then the shift right
 * by `right` bits. Because floors nest, that is one shift:
 *
 *     floor((sum * mantissa + 2^30 + 2^(30 + right)) / 2^(31 + right)),
 *
 * for ties away from zero less 2^31 where the sum is negative. A vector shifts all lanes by the same count, so a channel with a
 * smaller shift than the largest has its sum multiplied by the missing power of two. Where that could overflow, the block
 * says that its channels have no shift in common, and the kernel computes each by itself.
 */
export function rescalingBlocks(channels: readonly ChannelRescaling[], ties: Ties): Uint8Array {
  const groups = Math.ceil(channels.length / GROUP);
  const bytes = new Uint8Array(groups * (GROUP / LANES) * BLOCK_BYTES);
  for (let block = 0; block * BLOCK_BYTES < bytes.length; block++) {
    const view = new DataView(bytes.buffer, block * BLOCK_BYTES, BLOCK_BYTES);
    writeBlock(view, channels.slice(block * LANES, (block + 1) * LANES), ties);
  }
  return bytes;
}

const NONE: ChannelRescaling = { multiplier: { mantissa: 0, exponent: 0 }, bound: 0 };

function writeBlock(view: DataView, channels: readonly ChannelRescaling[], ties: Ties): void {
  const lanes = Array.from({ length: LANES }, (_, lane) => shiftsOf(channels[lane] ?? NONE));
  const common = Math.max(...lanes.map(({ right }) => right));
  view.setInt32(AT.shift, 31 + common, true);
  view.setInt32(AT.kind, lanes.every((lane) => fits(lane, common)) ? KINDS.common : KINDS.each, true);
  view.setInt32(AT.isAway, ties === 'away' ? 1 : 0, true);
  for (const [lane, { mantissa, left, right }] of lanes.entries()) {
    const missing = BigInt(common - right);
    const isRounded = mantissa !== 0 && right > 0;
    const nudge = (mantissa === 0 ? 0n : 1n << (30n + missing)) + (isRounded ? 1n << BigInt(30 + common) : 0n);
    view.setInt32(AT.factors + 4 * lane, mantissa === 0 ? 0 : 1 << (left + common - right), true);
    view.setInt32(AT.mantissas + 4 * lane, mantissa, true);
    // 2^62 more keeps the product above zero, because WebAssembly's shift of signed 64-bit lanes is slow on x86.
    view.setBigUint64(AT.nudges + 8 * lane, nudge + (1n << 62n), true);
    view.setBigUint64(AT.ties + 8 * lane, ties === 'away' && isRounded ? 1n << (31n + missing) : 0n, true);
    view.setInt32(AT.offsets + 4 * lane, 2 ** (31 - common), true);
    view.setInt32(AT.leftShifts + 4 * lane, left, true);
    view.setInt32(AT.rightShifts + 4 * lane, right, true);
  }
}

interface Shifts {
  readonly mantissa: number;
  readonly left: number;
  readonly right: number;
  readonly bound: number;
}

function shiftsOf({ multiplier: { mantissa, exponent }, bound }: ChannelRescaling): Shifts {
  return { mantissa, left: Math.max(exponent, 0), right: Math.max(-exponent, 0), bound };
}

/** Without a missing power of two, an overflow is that of the definition. */
const fits = ({ mantissa, left, right, bound }: Shifts, common: number): boolean =>
  mantissa === 0 || right === common || bound * 2 ** (left + common - right) < 2 ** 31;

/** Blocks that rescale in single precision and round ties to even, as XNNPACK does. @param scales of each channel */
export function singleBlocks(scales: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(scales.length / GROUP) * (GROUP / LANES) * BLOCK_BYTES);
  for (let block = 0; block * BLOCK_BYTES < bytes.length; block++) {
    const view = new DataView(bytes.buffer, block * BLOCK_BYTES, BLOCK_BYTES);
    view.setInt32(AT.kind, KINDS.single, true);
    for (let lane = 0; lane < LANES; lane++) {
      view.setFloat32(AT.mantissas + 4 * lane, scales[block * LANES + lane] ?? 0, true);
    }
  }
  return bytes;
}
