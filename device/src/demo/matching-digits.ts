/**
 * Number of digits that were read as they were written: the longest common subsequence of both texts, so that a digit
 * too many or too few does not make all that follow it wrong.
 */
export function matchingDigits(written: string, read: string): number {
  let row = new Array<number>(read.length + 1).fill(0);
  for (const digit of written) {
    const next = [0];
    for (let at = 0; at < read.length; at++) {
      next.push(digit === read[at] ? row[at] + 1 : Math.max(row[at + 1], next[at]));
    }
    row = next;
  }
  return row[read.length];
}
