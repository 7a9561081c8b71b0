// The numbers by which sums of products become values of 8 bits, for four channels. `../rescaling.ts` writes and explains them.
const FACTORS: usize = 0;
const MANTISSAS: usize = 16;
const NUDGES: usize = 32;
const TIES: usize = 64;
const OFFSETS: usize = 96;
const SHIFT: usize = 112;
const KIND: usize = 116;
const IS_AWAY: usize = 120;
const LEFT_SHIFTS: usize = 128;
const RIGHT_SHIFTS: usize = 144;
const BLOCK_BYTES: usize = 160;

// Kinds of blocks: each channel by itself, all by one shift (1), or in single precision by scales in MANTISSAS.
const EACH = 0;
const SINGLE = 2;

/**
 * Rescales the sums of eight channels at some places, adds the zero point and clamps.
 *
 * @param sums eight int32 for each place
 * @param blocks two blocks of numbers
 * @param to the first place's first channel
 * @param step bytes from place to place
 * @param channels how many of the eight are stored
 */
export function rescale(
  sums: usize,
  places: i32,
  blocks: usize,
  to: usize,
  step: i32,
  channels: i32,
  zero: i32,
  least: i32,
  most: i32,
): void {
  const zeros = i16x8.splat(<i16>zero);
  const leasts = i16x8.splat(<i16>least);
  const mosts = i16x8.splat(<i16>most);
  for (let place = 0; place < places; place++, sums += 32, to += step) {
    const words = i16x8.narrow_i32x4_s(rescaleFour(sums, blocks), rescaleFour(sums + 16, blocks + BLOCK_BYTES));
    const values = i16x8.min_s(i16x8.max_s(i16x8.add_sat_s(words, zeros), leasts), mosts);
    storeBytes(to, i8x16.narrow_i16x8_s(values, values), channels);
  }
}

function rescaleFour(sums: usize, block: usize): v128 {
  const kind = load<i32>(block + KIND);
  if (kind === EACH) return rescaleEach(sums, block);
  if (kind === SINGLE) {
    const scaled = f32x4.mul(f32x4.convert_i32x4_s(v128.load(sums)), v128.load(block + MANTISSAS));
    return i32x4.trunc_sat_f32x4_s(f32x4.nearest(scaled));
  }
  const shift = load<i32>(block + SHIFT);
  const factored = i32x4.mul(v128.load(sums), v128.load(block + FACTORS));
  const mantissas = v128.load(block + MANTISSAS);
  const low = shifted(i64x2.extmul_low_i32x4_s(factored, mantissas), block, shift);
  const high = shifted(i64x2.extmul_high_i32x4_s(factored, mantissas), block + 16, shift);
  const lows = i8x16.shuffle(low, high, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  return i32x4.sub(lows, v128.load(block + OFFSETS));
}

/** Two products, rounded and shifted right as one number each; they are above zero by the offset in `NUDGES`. */
function shifted(product: v128, block: usize, shift: i32): v128 {
  const ties = v128.and(i64x2.gt_s(i64x2.splat(0), product), v128.load(block + TIES));
  return i64x2.shr_u(i64x2.sub(i64x2.add(product, v128.load(block + NUDGES)), ties), shift);
}

/** The same where four channels have no shift in common: one by one, in place. */
function rescaleEach(sums: usize, block: usize): v128 {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const left = load<i32>(block + lane + LEFT_SHIFTS);
    const right = load<i32>(block + lane + RIGHT_SHIFTS);
    const product = <i64>(load<i32>(sums + lane) << left) * <i64>load<i32>(block + lane + MANTISSAS);
    let value = (product + ((<i64>1) << 30)) >> 31;
    if (right > 0) {
      if (load<i32>(block + IS_AWAY) !== 0 && value < 0) value--;
      value = (value + ((<i64>1) << (right - 1))) >> right;
    }
    store<i32>(sums + lane, <i32>value);
  }
  return v128.load(sums);
}

/** The first `count` of eight bytes; eight or more stores all. */
export function storeBytes(to: usize, bytes: v128, count: i32): void {
  if (count >= 8) {
    v128.store64_lane(to, bytes, 0);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  for (let index = 0; index < count; index++) {
    store<u8>(to + index, <u8>rest);
    rest >>= 8;
  }
}
