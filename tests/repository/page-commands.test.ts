import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inkcast } from '../device/support/command.js';
// The blocks run the compiled programs.
import '../support/built-programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { inkcastTrain } from '../training/support/command.js';
import { type Block, blocksOf, pagesOf, ROOT } from './support/pages.js';

const PROGRAMS = { inkcast, 'inkcast-train': inkcastTrain } as const;

const placeOf = ({ page, line }: Block): string => `${page}:${line}`;

/** The command blocks of README and guide. */
async function commandBlocks(): Promise<Block[]> {
  const blocks = (await pagesOf('docs/guide', 'examples')).flatMap(blocksOf);
  return blocks.filter(({ language }) => language === 'sh');
}

interface Call {
  readonly program: keyof typeof PROGRAMS;
  /** The command, such as `model install`. */
  readonly path: readonly string[];
  readonly options: readonly string[];
}

/** The calls of Inkcast's programs in a block. */
async function callsIn({ lines }: Block, commandsOf: (call: Call) => Promise<readonly string[]>): Promise<Call[]> {
  const found = lines.map((line) =>
    line.replace(/ +#.*$/, '').match(/(?:^|npx |sudo |[A-Z_]+=\S+ )(inkcast(?:-train)?) (.*)$/),
  );
  return Promise.all(
    found.flatMap((match) => {
      if (match === null) return [];
      const program = match[1] === 'inkcast' ? ('inkcast' as const) : ('inkcast-train' as const);
      const words = (match[2] ?? '').replace(/'[^']*'/g, 'TEXT').split(/\s+/);
      const options = words.flatMap((word) => (word.startsWith('--') ? [word.replace(/=.*$/, '')] : []));
      return [resolvePath({ program, path: [], options }, words)];
    }),
  );

  async function resolvePath(call: Call, [word = '', ...rest]: readonly string[]): Promise<Call> {
    if (!(await commandsOf(call)).includes(word)) return call;
    return resolvePath({ ...call, path: [...call.path, word] }, rest);
  }
}

describe('the commands of README and guide', function () {
  this.timeout(240_000);

  const pages = new Map<string, Promise<string>>();
  /** The help of a command, which is asked for once. */
  function helpOf({ program, path }: Call): Promise<string> {
    const key = [program, ...path].join(' ');
    const known = pages.get(key) ?? PROGRAMS[program](...path, '--help').then(({ stdout }) => stdout);
    pages.set(key, known);
    return known;
  }
  async function commandsOf(call: Call): Promise<readonly string[]> {
    const help = await helpOf(call);
    if (!help.includes('\nCommands:')) return [];
    const prefix = [call.program, ...call.path].join(' ');
    return [...help.matchAll(new RegExp(`^ {2}${prefix} ([a-z-]+)`, 'gm'))].map(([, name = '']) => name);
  }

  it('name, where they are not run, why, and tests and scripts that there are', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const unknown = (await commandBlocks()).flatMap((block) => {
      if (block.reason === undefined) return [];
      const tests = [...block.reason.matchAll(/tests\/[\w/.-]+/g)].map(([path]) => path);
      const trials = [...block.reason.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
      const isHeld = tests.length + trials.length > 0;
      const isThere = tests.every((path) => existsSync(join(ROOT, path))) && trials.every((name) => name in scripts);
      return isHeld && isThere ? [] : [`${placeOf(block)}: ${block.reason}`];
    });
    assert.deepEqual(unknown, []);
  });

  it('have only commands, options and scripts that there are', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const faults: string[] = [];
    for (const block of await commandBlocks()) {
      for (const call of await callsIn(block, commandsOf)) {
        const help = await helpOf(call);
        const described = help.split('\nOptions:\n')[1] ?? '';
        if (call.path.length === 0) faults.push(`${placeOf(block)}: ${call.program} has no such command`);
        for (const option of call.options) {
          const isKnown = new RegExp(`^ {2,}(?:--?[\\w-]+, +)*${option}\\b`, 'm').test(described);
          const isNegated = new RegExp(`${option}\\b`).test(help) && option.startsWith('--no-');
          if (!isKnown && !isNegated)
            faults.push(`${placeOf(block)}: ${[call.program, ...call.path].join(' ')} ${option}`);
        }
      }
      for (const [, name = ''] of block.lines.join('\n').matchAll(/npm run ([\w:-]+)/g)) {
        if (!(name in scripts)) faults.push(`${placeOf(block)}: npm run ${name}`);
      }
    }
    assert.deepEqual(faults, []);
  });

  it('run, all others', () =>
    inTemporaryFolder(async (folder) => {
      // What they write stays out of the repository.
      const entries = (await readdir(ROOT)).filter((name) => !name.startsWith('.') && name !== 'runs');
      for (const name of entries) await symlink(join(ROOT, name), join(folder, name));
      const blocks = (await commandBlocks()).filter(({ reason }) => reason === undefined);
      assert.ok(blocks.length > 4);
      const commands = new Set(blocks.map(({ lines }) => lines.join('\n')));
      for (const command of commands) {
        const { CI: _, INKCAST_CONFIG: __, ...inherited } = process.env;
        const env = { ...inherited, XDG_STATE_HOME: join(folder, 'state') };
        const run = promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { cwd: folder, env });
        await run.catch(({ stderr }) => assert.fail(`${command}\n${stderr}`));
      }
      assert.ok(existsSync(join(folder, 'why/01-note.jpg.html')) && existsSync(join(folder, 'boxes/01-note.jpg')));
    }));
});
