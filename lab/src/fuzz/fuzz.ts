import { memoryFault } from './memory.js';
import { type Finding, runChild } from './run-child.js';

export interface FuzzOptions {
  /** Of the first input; each further input has the next one. */
  readonly seed: number;
  readonly count: number;
  readonly signal: AbortSignal;
}

/** What came of the inputs of one kind. */
export interface FuzzReport {
  readonly count: number;
  /** How many inputs were refused, by the error's code; the others were taken. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** More of one kind tell nothing new. */
const MAX_FINDINGS = 10;

/**
 * Gives inputs to a part of Inkcast. After a crash or a hang it goes on with the next one.
 *
 * @param target a module that exports `open`, an `OpenTarget`
 */
export async function fuzz(target: URL, { seed, count, signal }: FuzzOptions): Promise<FuzzReport> {
  const findings: Finding[] = [];
  const refusals: Record<string, number> = {};
  const end = seed + count;
  let next = seed;
  while (next < end && findings.length < MAX_FINDINGS) {
    const task = { target: target.href, seed: next, count: end - next };
    const { findings: found, last, done } = await runChild(task, signal);
    findings.push(...found);
    for (const [code, times] of Object.entries(done?.refusals ?? {})) refusals[code] = (refusals[code] ?? 0) + times;
    const growth = done === undefined ? undefined : memoryFault(done.memory);
    if (growth !== undefined) findings.push({ seed: next, fault: growth });
    next = done === undefined ? (last ?? end) + 1 : end;
  }
  return { count, refusals, findings };
}
