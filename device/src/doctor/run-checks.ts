import { asInkError } from '@inkcast/shared/errors';
import type { Check, CheckReport } from './check.js';

/** Longer than the start of a camera and the first use of an accelerator. */
const CHECK_MS = 25_000;

/**
 * Runs checks one after the other, so that they do not disturb each other. An error that a check throws is its result.
 *
 * @param onReport receives each result at once
 * @param checkMs maximum time of checks without their own maximum
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
    const { code, message, remedy, details } = asInkError(error);
    return { name, status: 'failed', code, detail: message, remedy, ...(details === undefined ? {} : { details }) };
  } finally {
    clearTimeout(timeout);
  }
}
