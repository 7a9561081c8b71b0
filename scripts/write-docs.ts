// `npm run docs`: writes the tables of docs/guide/errors.md from the error catalog, of docs/guide/configuration.md
// from the configuration's schema, of docs/numbers.md from the reader's numbers and of docs/decisions/README.md from the records.
// Tests compare them with their sources.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configKeys } from '@inkcast/device/config';
import { READER_NUMBERS } from '@inkcast/reader/numbers';
import { ERROR_CATALOG } from '@inkcast/shared/errors';

const page = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Replaces the lines between the two marks of a page. */
function replaceTable(name: string, lines: readonly string[]): void {
  const text = readFileSync(page(name), 'utf8');
  const [before, rest] = text.split('<!-- table -->\n');
  const after = rest.split('<!-- end of table -->\n')[1];
  writeFileSync(page(name), `${before}<!-- table -->\n${lines.join('\n')}\n<!-- end of table -->\n${after}`);
}

replaceTable('guide/errors.md', [
  '| code | exit code | what it means | what to do |',
  '| --- | --- | --- | --- |',
  ...Object.entries(ERROR_CATALOG).map(
    ([code, { exitCode, summary, remedy }]) => `| \`${code}\` | ${exitCode} | ${cell(summary)} | ${cell(remedy)} |`,
  ),
]);

replaceTable('guide/configuration.md', [
  '| key | allowed | default | what it is |',
  '| --- | --- | --- | --- |',
  ...configKeys().map(
    ({ path, allowed, fallback, description, isLive }) =>
      `| \`${path.join('.')}\` | ${cell(allowed)} | ${fallback === undefined ? '' : cell(fallback)} | ${cell(description)}${isLive ? '; live' : ''} |`,
  ),
]);

replaceTable('numbers.md', [
  '| number | value | unit | what it is | why it is this one |',
  '| --- | --- | --- | --- | --- |',
  ...Object.entries(READER_NUMBERS).map(([name, { value, unit, meaning, source }]) => {
    const why = 'command' in source ? `measured by \`${source.command}\`` : source.definition;
    return `| \`${name}\` | ${+value.toPrecision(6)} | ${cell(unit)} | ${cell(meaning)} | ${cell(why)} |`;
  }),
]);

const records = readdirSync(page('decisions')).filter((name) => /^\d{3}-/.test(name));
replaceTable('decisions/README.md', [
  '| number | decision |',
  '| --- | --- |',
  ...records.sort().map((name) => {
    const [title] = readFileSync(page(`decisions/${name}`), 'utf8').split('\n');
    return `| [${name.slice(0, 3)}](${name}) | ${title.slice('# 000: '.length)} |`;
  }),
]);

const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const pages = ['guide/errors.md', 'guide/configuration.md', 'numbers.md', 'decisions/README.md'].map(page);
const { status } = spawnSync(process.execPath, [biome, 'format', '--write', ...pages], { stdio: 'inherit' });
process.exitCode = status ?? 1;
