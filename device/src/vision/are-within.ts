/** Whether the greater of two positive numbers is at most `factor` times the smaller one. */
export const areWithin = (factor: number, a: number, b: number): boolean => Math.max(a, b) <= factor * Math.min(a, b);
