import { execFile } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { promisify } from 'node:util';
import { inRepository } from '../repository/index.js';
import type { Ratio } from './benchmark.js';

export interface Section {
  readonly name: string;
  /** How long it took. */
  readonly seconds: number;
  readonly lines: readonly string[];
  readonly ratios: readonly Ratio[];
}

/** Where and when benchmarks ran. */
export interface Conditions {
  readonly machine: string;
  readonly node: string;
  readonly commit: string;
  readonly date: Date;
  /** Load average of the last minute before the run: other work on the machine slows it down. */
  readonly load: number;
  readonly minutes: number;
  /** Whether the numbers say little, because everything was only shown to run. */
  readonly quick: boolean;
}

/** The conditions of a run that has ended. */
export async function conditionsOf(run: Pick<Conditions, 'load' | 'minutes' | 'quick'>): Promise<Conditions> {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`;
  return { machine, node: process.version, commit: await currentCommit(), date: new Date(), ...run };
}

/** With a `+` if files differ from the commit. */
async function currentCommit(): Promise<string> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: inRepository('.') })).stdout.trim();
  const [commit, changes] = [await git('rev-parse', '--short', 'HEAD'), await git('status', '--porcelain')];
  return changes === '' ? commit : `${commit}+`;
}

/** The page of a run, as Markdown. */
export function benchmarksPage(sections: readonly Section[], conditions: Conditions): string {
  const { machine, node, commit, date, load, minutes, quick } = conditions;
  const ratios = sections.flatMap(({ name, ratios }) => ratios.map((ratio) => ({ name, ...ratio })));
  const rows = ratios.map(
    ({ name, what, peer, ratio }) => `| ${name} | ${cell(what)} | ${cell(peer)} | ${ratio.toFixed(2)} |`,
  );
  const parts = sections.map(({ name, seconds, lines }) => {
    const heading = `${name[0].toUpperCase()}${name.slice(1)}`;
    return `## ${heading}\n\nThis took ${seconds.toFixed(0)} s.\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
  });
  return `# Benchmarks

This page is written by \`npm run bench -- --page docs/internals/benchmarks.md\`. [The lab](lab.md#benchmarks) says what each
section measures.

| condition    | value                                              |
| ------------ | -------------------------------------------------- |
| machine      | ${cell(machine)} |
| Node.js      | ${node} |
| date         | ${date.toISOString().slice(0, 10)} |
| commit       | \`${commit}\` |
| load average | ${load.toFixed(1)} before the run, which took ${minutes.toFixed(0)} min |
| counts       | ${quick ? 'few: this run shows only that everything runs, and its numbers say little' : 'as by default'} |

A commit with \`+\` had changes. A load average above 0.5 means that other work slowed the run down: ratios hold better than
times then, since both sides are measured in turn.

## Ratios

Each value is divided by that of its peer, in the same run. A time below 1 is shorter than the peer's.

| section | what | peer | ratio |
| ------- | ---- | ---- | ----- |
${rows.join('\n')}

${parts.join('\n')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
