import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../../../support/programs.js';

/** Runs a program to its end. */
export async function runProgram(name: string, ...args: readonly string[]): Promise<void> {
  const child = start(name, args, 'inherit');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}`);
}

/** Runs a program while `work` does. */
export async function withProgram<T>(name: string, args: readonly string[], work: () => Promise<T>): Promise<T> {
  // What it says when it is ended is of no interest.
  const child = start(name, args, 'ignore');
  const exit = once(child, 'exit');
  try {
    return await work();
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
}

function start(name: string, args: readonly string[], stderr: 'inherit' | 'ignore'): ChildProcess {
  return spawn(findProgram(name) ?? name, args, { stdio: ['ignore', 'ignore', stderr] });
}

/** Moving pictures for ffmpeg to make: `testsrc2` of this size and rate, in real time or as fast as it can. */
export function movingPictures(size: string, rate: number, seconds?: number): string[] {
  const duration = seconds === undefined ? '' : `:duration=${seconds}`;
  const pace = seconds === undefined ? ['-re'] : [];
  return [
    '-hide_banner',
    '-loglevel',
    'error',
    ...pace,
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=${size}:rate=${rate}${duration}`,
  ];
}
