/**
 * The middle lines of a mask's strokes, one pixel wide and connected as the mask is: Zhang and Suen, "A fast parallel
 * algorithm for thinning digital patterns", 1984.
 *
 * @param mask `side * side` values of 0 and 1, row-major, 0 along its border
 */
export function thinMask(mask: Uint8Array, side: number): Uint8Array {
  const thin = Uint8Array.from(mask);
  const around = [-side, -side + 1, 1, side + 1, side, side - 1, -1, -side - 1];
  let ink: number[] = [];
  for (let at = 0; at < thin.length; at++) if (thin[at] !== 0) ink.push(at);
  for (let removed = 1, pass = 0; removed > 0 || pass % 2 === 1; pass++) {
    const condemned = ink.filter((at) => isRemovable(thin, around, at, pass % 2 === 0));
    for (const at of condemned) thin[at] = 0;
    if (pass % 2 === 0) removed = condemned.length;
    else removed += condemned.length;
    if (condemned.length > 0) ink = ink.filter((at) => thin[at] !== 0);
  }
  return thin;
}

/** Neighbours are counted from the one above, clockwise: P2 to P9 in the paper. */
function isRemovable(mask: Uint8Array, around: readonly number[], at: number, first: boolean): boolean {
  let neighbours = 0;
  let rises = 0;
  for (let index = 0; index < 8; index++) {
    const value = mask[at + around[index]];
    neighbours += value;
    if (value === 0 && mask[at + around[(index + 1) % 8]] === 1) rises++;
  }
  if (neighbours < 2 || neighbours > 6 || rises !== 1) return false;
  const north = mask[at + around[0]];
  const east = mask[at + around[2]];
  const south = mask[at + around[4]];
  const west = mask[at + around[6]];
  return first
    ? north * east * south === 0 && east * south * west === 0
    : north * east * west === 0 && north * south * west === 0;
}
