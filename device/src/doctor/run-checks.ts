import { asInkError } from '@inkcast/shared/errors';
import type { Check, CheckReport } from './check.js';

/** Longer than a camera takes to start, and than the first use of an accelerator. */
const CHECK_MS = 25_000;

/**
 * Runs checks one after the other, so that none disturbs another; what one throws is its result.
 *
 * @param onReport told of each result at once
 * @param checkMs how long one check may take that does not say more of itself
 */
export async function runChecks(
  checks: readonly Check[],
  onReport: (report: CheckReport) => void = () => {},
  checkMs: number = CHECK_MS,
): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const check of checks) {
    const report = await runCheck(check, checkMs);
    reports.push(report);
    onReport(report);
  }
  return reports;
}

async function runCheck({ name, mayTake = 0, run }: Check, checkMs: number): Promise<CheckReport> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), Math.max(checkMs, mayTake));
  try {
    return { name, ...(await run(timer.signal)) };
  } catch (error) {
    const { message, remedy, details } = asInkError(error);
    return { name, status: 'failed', detail: message, remedy, ...(details === undefined ? {} : { details }) };
  } finally {
    clearTimeout(timeout);
  }
}
