export { BENCHMARKS, type BenchmarkName, isBenchmark, QUICK_WORDS, SECTIONS } from './benchmarks.js';
export { benchmarksPage, conditionsOf, type Section } from './page.js';
