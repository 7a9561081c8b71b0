import type { Benchmark } from './benchmark.js';

/** All benchmarks by name. Each is loaded when it is needed. */
export const BENCHMARKS = {
  augmentation: async (): Promise<Benchmark> => (await import('./augmentation/index.js')).benchmark,
  browser: async (): Promise<Benchmark> => (await import('./browser/index.js')).benchmark,
  inference: async (): Promise<Benchmark> => (await import('./inference/index.js')).benchmark,
  learn: async (): Promise<Benchmark> => (await import('./learn/index.js')).benchmark,
  memory: async (): Promise<Benchmark> => (await import('./memory/index.js')).benchmark,
  mqtt: async (): Promise<Benchmark> => (await import('./mqtt/index.js')).benchmark,
  pipeline: async (): Promise<Benchmark> => (await import('./pipeline/index.js')).benchmark,
  print: async (): Promise<Benchmark> => (await import('./print/index.js')).benchmark,
  reading: async (): Promise<Benchmark> => (await import('./reading/index.js')).benchmark,
  sheets: async (): Promise<Benchmark> => (await import('./sheets/index.js')).benchmark,
  training: async (): Promise<Benchmark> => (await import('./training/index.js')).benchmark,
  video: async (): Promise<Benchmark> => (await import('./video/index.js')).benchmark,
  vision: async (): Promise<Benchmark> => (await import('./vision/index.js')).benchmark,
  web: async (): Promise<Benchmark> => (await import('./web/index.js')).benchmark,
} as const;

/** The benchmarks that run together, each of which has peers or limits. The others are for work on the reader. */
export const SECTIONS = ['training', 'inference', 'vision', 'pipeline', 'reading', 'mqtt', 'web', 'learn'] as const;

/** Arguments with which a benchmark only shows that it runs. Those that are missing are quick enough. */
export const QUICK_WORDS: Readonly<Partial<Record<BenchmarkName, readonly string[]>>> = {
  training: ['1'],
  pipeline: ['2'],
  mqtt: ['50'],
  web: ['2', '1'],
  learn: ['60'],
};

export type BenchmarkName = keyof typeof BENCHMARKS;

export const isBenchmark = (name: string): name is BenchmarkName => Object.hasOwn(BENCHMARKS, name);
