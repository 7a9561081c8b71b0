import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const folders = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
const known = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const [first, ...rest] = positionals;
// Either names of benchmarks, or one name and what that benchmark is told.
const several = rest.every((name) => known.includes(name));
const names = first === undefined ? known : several ? positionals : [first];
const words = several ? [] : rest;
if (first !== undefined && !known.includes(first)) {
  process.stderr.write(`bench: there is no benchmark "${first}"; there are ${known.join(', ')}\n`);
  process.exit(2);
}

const results: Record<string, object> = {};
for (const name of names) {
  const { benchmark }: { benchmark: Benchmark } = await import(`./${name}/index.ts`);
  const result = await benchmark.measure(words);
  results[name] = result;
  if (!values.json) process.stdout.write(`${[`# ${name}`, ...benchmark.describe(result)].join('\n')}\n`);
}
// One benchmark asked for: its object itself. Several: an object of them by name.
if (values.json) process.stdout.write(`${JSON.stringify(names.length === 1 ? results[names[0]] : results)}\n`);
