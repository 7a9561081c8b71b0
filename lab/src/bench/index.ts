export { BENCHMARKS, type BenchmarkName, isBenchmark } from './benchmarks.js';
