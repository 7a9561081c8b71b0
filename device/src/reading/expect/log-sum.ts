/** log(exp(a) + exp(b)), without overflow. */
export function logSum(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return high === -Infinity ? -Infinity : high + Math.log1p(Math.exp(low - high));
}
