import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const folders = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
const known = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const names = positionals.length === 0 ? known : positionals;
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`bench: there is no benchmark "${unknown}"; there are ${known.join(', ')}\n`);
  process.exit(2);
}

const results: Record<string, object> = {};
for (const name of names) {
  const { benchmark }: { benchmark: Benchmark } = await import(`./${name}/index.ts`);
  const result = await benchmark.measure();
  results[name] = result;
  if (!values.json) process.stdout.write(`${[`# ${name}`, ...benchmark.describe(result)].join('\n')}\n`);
}
// One benchmark asked for: its object itself. Several: an object of them by name.
const [only] = positionals;
if (values.json) process.stdout.write(`${JSON.stringify(names.length === 1 ? results[only ?? names[0]] : results)}\n`);
