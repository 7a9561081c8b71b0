// `npm run package:npm`: writes the npm packages of this version into dist/npm: inkcast and the libraries (docs/guide/npm.md).
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packNpm } from './package/npm/pack.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function outFolder(): string {
  try {
    return resolve(parseArgs({ options: { out: { type: 'string', default: `${root}dist/npm` } } }).values.out);
  } catch (error) {
    console.error(`package:npm: ${messageOf(error)}`);
    console.error('usage: npm run package:npm -- [--out FOLDER]');
    process.exit(2);
  }
}

const out = outFolder();
try {
  for (const file of packNpm(root, out)) console.log(relative(process.cwd(), file));
} catch (error) {
  console.error(`package:npm: ${messageOf(error)}`);
  process.exit(1);
}
