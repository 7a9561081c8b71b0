import assert from 'node:assert/strict';
import { runCommandLine } from '@inkcast/device/cli';
import { runCommandLine as runLab } from '@inkcast/lab/cli';
import { trainingCommandLine } from '../../training/support/command.js';

const PROGRAMS = { inkcast: runCommandLine, 'inkcast-train': trainingCommandLine, lab: runLab };
type Program = keyof typeof PROGRAMS;

/** The help that a terminal of so many columns is given. */
async function help(program: Program, path: readonly string[], columns?: number): Promise<string[]> {
  const lines: string[] = [];
  const code = await PROGRAMS[program]([...path, '--help'], {
    interactive: false,
    ...(columns === undefined ? {} : { screen: { columns, hasColours: false } }),
    print: (line) => lines.push(...line.split('\n')),
    note: (line) => assert.fail(line),
    log: () => {},
  });
  assert.equal(code, 0);
  return lines;
}

/** Every command of a program, by the listings of its help. */
async function pathsOf(program: Program, path: readonly string[] = []): Promise<(readonly string[])[]> {
  const lines = await help(program, path, 200);
  const begin = lines.indexOf('Commands:') + 1;
  if (begin === 0) return [path];
  const prefix = [program === 'lab' ? 'npm run lab --' : program, ...path].join(' ');
  const listed = lines.slice(begin, lines.indexOf('', begin)).map((line) => line.trim().slice(prefix.length + 1));
  const inner = await Promise.all(listed.map((line) => pathsOf(program, [...path, line.split(' ')[0]])));
  return [path, ...inner.flat()];
}

const isExample = (line: string) => /^ {2}\S/.test(line);

describe('help', () => {
  for (const program of ['inkcast', 'inkcast-train', 'lab'] as const) {
    it(`field report 20: of every command of ${program} fits the terminal, with examples whole`, async () => {
      const paths = await pathsOf(program);
      assert.ok(paths.length > 8);
      for (const path of paths) {
        const wide = await help(program, path, 250);
        const examples = wide.slice(wide.indexOf('Examples:') + 1).filter(isExample);
        for (const columns of [50, 80, 130]) {
          const lines = await help(program, path, columns);
          const begin = lines.includes('Examples:') ? lines.indexOf('Examples:') : lines.length;
          const shown = lines.slice(begin + 1).filter(isExample);
          if (begin < lines.length) assert.deepEqual(shown, examples, path.join(' '));
          for (const line of lines) {
            if (!shown.includes(line)) assert.ok(line.length <= columns, `${columns} columns: ${line}`);
          }
        }
      }
    });
  }

  it('field report 20: uses the width of the terminal, and 80 columns without a terminal', async () => {
    const widest = async (columns?: number) => {
      const lines = await help('inkcast', ['setup'], columns);
      return Math.max(...lines.slice(0, lines.indexOf('Examples:')).map((line) => line.length));
    };
    assert.deepEqual([await widest(), await widest(120), await widest(80)], [80, 120, 80]);
  });
});
