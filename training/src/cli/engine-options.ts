import { needsWhole } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import type { Backend } from '../engine/index.js';

/** How networks are computed. The weights of a run do not depend on the number of threads. */
export interface EngineArguments {
  readonly threads: number | undefined;
  readonly backend: Backend;
}

/** The options of the engine. They are checked before anything is written: a run must not be left half made. */
export const withEngineOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('threads', { type: 'number', describe: 'Number of threads; default: one per core' })
    .option('backend', {
      choices: ['wasm', 'reference'] as const,
      default: 'wasm' as const,
      describe: 'Engine: fast SIMD kernels, or the slow reference implementation',
    })
    .check(({ threads }) => {
      if (threads !== undefined) needsWhole('threads', threads);
      return true;
    }, false);

/** The option without a key for a missing value: there, a missing value means one thread per core. */
export const threadsOption = ({ threads }: EngineArguments): { readonly threads?: number } =>
  threads === undefined ? {} : { threads };
