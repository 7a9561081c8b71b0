/**
 * Values of 8 bits less their zero point, as 16 bits.
 *
 * @param times how often each value is repeated
 */
export function widen(from: usize, to: usize, count: i32, zero: i32, times: i32): void {
  let at = 0;
  if (times === 1) {
    const zeros = i16x8.splat(<i16>zero);
    for (const end = count & ~7; at < end; at += 8) {
      v128.store(to + 2 * at, i16x8.sub(v128.load8x8_s(from + at), zeros));
    }
  }
  for (; at < count; at++) {
    const value = <i16>(load<i8>(from + at) - zero);
    for (let time = 0; time < times; time++) store<i16>(to + 2 * (at * times + time), value);
  }
}
