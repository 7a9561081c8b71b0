import type { Argv } from 'yargs';
import type { Backend } from '../engine/index.js';

/** How networks are computed; the weights of a run do not depend on the threads. */
export interface EngineArguments {
  readonly threads: number | undefined;
  readonly backend: Backend;
}

export const withEngineOptions = <T>(yargs: Argv<T>) =>
  yargs.option('threads', { type: 'number', describe: 'Threads that compute; default: one a core' }).option('backend', {
    choices: ['wasm', 'reference'] as const,
    default: 'wasm' as const,
    describe: 'The engine: SIMD kernels, or the plain and slow one they are checked against',
  });

/** For options whose absence has a meaning. */
export const threadsOption = ({ threads }: EngineArguments): { readonly threads?: number } =>
  threads === undefined ? {} : { threads };
