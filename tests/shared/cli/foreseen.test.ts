import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { inkcast } from '../../device/support/command.js';
import { lab } from '../../lab/support/command.js';
import { listenLocally } from '../../support/listen-locally.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../../training/support/command.js';

const PROGRAMS = { inkcast, train: inkcastTrain, lab };
type Program = keyof typeof PROGRAMS;

/** Runs a command that must end with a coded error. @returns its output */
async function refused(program: Program, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await PROGRAMS[program](...args);
  assert.ok(code === 1 || code === 2, `${args.join(' ')} ended with ${code}`);
  assert.match(stderr, /^INK_(?!INTERNAL)[A-Z_]+: /m);
  assert.doesNotMatch(stderr, /INK_INTERNAL/);
  return stderr;
}

describe('strange input', () => {
  const addresses = ['mqtt://desk:100%@127.0.0.1:1', 'mqtt://%@127.0.0.1:1', 'mqtt://a%zz:%ff@127.0.0.1:1'];
  for (const url of addresses) {
    it(`field report 10: ${url} is an address with a percent sign in it`, async () => {
      assert.match(await refused('inkcast', 'fleet', 'list', '--json', '--url', url), /^INK_MQTT_CONNECT: /);
      await inTemporaryFolder(async (folder) => {
        const flags = ['camera.source=directory', 'camera.folder=.', `storage.folder=${folder}`, `mqtt.url=${url}`];
        const remove = ['homeassistant', 'remove', ...flags.flatMap((flag) => ['--set', flag])];
        assert.match(await refused('inkcast', ...remove), /^INK_MQTT_CONNECT: /);
        const { code, stderr } = await inkcast(
          ...['setup', '--yes', '--no-check', '--camera', folder, '--name', 'desk', '--broker', url],
          ...['--config', join(folder, 'inkcast.yaml')],
        );
        assert.equal(code, 0, stderr);
      });
    });
  }

  for (const seconds of ['0', '-1', '1e7', '1e300']) {
    it(`field report 10: --timeout ${seconds} is refused, which no timer could keep`, async () => {
      assert.match(await refused('inkcast', 'fleet', 'list', '--timeout', seconds), /--timeout must be a number from /);
    });
  }

  it('field report 10: a broker that accepts the connection and stays silent causes a time-out', async () => {
    const server = createServer();
    const port = await listenLocally(server);
    try {
      const said = await refused('inkcast', 'fleet', 'list', '--timeout', '0.3', '--url', `mqtt://127.0.0.1:${port}`);
      assert.match(said, /INK_MQTT_CONNECT: The broker does not answer within 0\.3 s\./);
    } finally {
      server.close();
    }
  });

  it('field report 10: a time out of range is refused, and so is one that no clock shows', () =>
    inTemporaryFolder(async (folder) => {
      for (const since of ['99999999999999d', '9999999999999999999999h', 'soon']) {
        const said = await refused('inkcast', 'history', '--state', folder, '--since', since);
        assert.match(said, /^INK_(USAGE: --since|HISTORY_MISSING)/);
      }
    }));

  it('field report 10: aliases in YAML that expand to gigabytes, or refer to themselves, are refused everywhere', () =>
    inTemporaryFolder(async (folder) => {
      const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]`;
      const bomb = [level('a', 'x'), level('b', '*a'), level('c', '*b'), level('d', '*c'), level('e', '*d')].join('\n');
      for (const [name, text] of Object.entries({ bomb, self: 'camera: &a\n  folder: *a\nmodel: &b [*b]\n' })) {
        const file = join(folder, `${name}.yaml`);
        await writeFile(file, text);
        assert.match(await refused('inkcast', 'doctor', '--config', file), /^INK_CONFIG_INVALID: .* is not YAML: /);
        assert.match(await refused('train', 'train', '--recipe', file), /^INK_RECIPE_INVALID: .* is not YAML: /);
        assert.match(await refused('train', 'tune', 'lenet', '--space', file), /^INK_RECIPE_INVALID: .* is not YAML: /);
      }
      for (const value of ['&a [*a]', '*a', '!x y', '[[[']) {
        assert.match(await refused('inkcast', 'doctor', '--set', `vision.page=${value}`), /^INK_CONFIG_INVALID: /);
      }
    }));

  it('field report 10: labels of scenes that are no labels are named', () =>
    inTemporaryFolder(async (folder) => {
      for (const text of ['', '{', '{}', '[{}]', '[{"file":"a.jpg","rows":[407]}]', 'null']) {
        await writeFile(join(folder, 'labels.json'), text);
        assert.match(await refused('inkcast', 'demo', '--scenes', folder), /^INK_DATASET_INVALID: .*labels\.json/);
      }
    }));

  it('field report 10: a device is neither a data set nor a folder of photographs', () =>
    inTemporaryFolder(async (folder) => {
      assert.match(await refused('train', 'data', 'stats', '/dev/null'), /^INK_DATASET_MISSING: "\/dev\/null" /);
      const file = join(folder, 'photographs');
      await writeFile(file, '');
      const frames = [
        'fit',
        'frames',
        '--count',
        '0',
        '--jobs',
        '1',
        '--out',
        join(folder, 'a.frames'),
        '--photographs',
      ];
      assert.match(await refused('lab', ...frames, file), /INK_FILE_UNREADABLE: .* cannot be read: a part of the path/);
      await mkdir(join(folder, 'walls'));
      await writeFile(join(folder, 'walls', 'wall.jpg'), 'no picture');
      assert.match(await refused('lab', ...frames, join(folder, 'walls')), /INK_IMAGE_UNREADABLE: .*wall\.jpg/);
    }));

  const numbers: readonly [Program, string, RegExp][] = [
    ['lab', 'frames --out x --count 0', /--count must be a whole number from 1 on, and not 0\./],
    ['lab', 'frames --out x --seed -1', /--seed must be a whole number from 0 on, and not -1\./],
    ['lab', 'scenes --out x --seed 1e300', /--seed must be a whole number from 0 on/],
    ['lab', 'synthesize --out x --seed 0.5', /--seed must be a whole number from 0 on/],
    ['lab', 'bench video soon', /"soon" cannot be the seconds: it must be a whole number from 1 on\./],
    ['lab', 'bench print 0', /"0" cannot be the number of pages: it must be a whole number from 1 on\./],
    ['lab', 'bench sheets 5 x', /"x" cannot be the seed: it must be a whole number from 0 on\./],
    ['train', 'models --depth 1e9', /--depth must be a number from 0\.01 to 16, and not 1000000000\./],
    ['train', 'models --width 0', /--width must be a number from 0\.01 to 16, and not 0\./],
    ['train', 'models --classes 1.5', /--classes must be a whole number from 2 to 65536, and not 1\.5\./],
    ['train', 'data preview --columns 1e9', /--columns must be a whole number from 1 to 200, and not 1000000000\./],
    ['train', 'data preview --columns 0.5', /--columns must be a whole number from 1 to 200/],
    ['train', 'data preview --seed -1', /--seed must be a whole number from 0 on/],
    ['inkcast', 'history --limit 1e300', /--limit must be a whole number from 1 on/],
  ];
  for (const [program, words, expected] of numbers) {
    it(`field report 10: ${program} ${words} is refused by name and bound`, async () => {
      assert.match(await refused(program, ...words.split(' ')), expected);
    });
  }

  /** What there is to be typed, commands that would work for long left out. */
  const commands: readonly (readonly [Program, string])[] = [
    ...['read', 'model list', 'model show', 'model verify', 'model use', 'model install', 'history'].map(
      (words) => ['inkcast', words] as const,
    ),
    ...['models', 'report', 'average', 'data stats', 'data preview', 'convert', 'train --resume'].map(
      (words) => ['train', words] as const,
    ),
    ...['score', 'explain', 'fit mine', 'fit judgement', 'fit spotter-file', 'fit'].map(
      (words) => ['lab', words] as const,
    ),
  ];
  const nasty = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '-',
      '--',
      '-1',
      '1e300',
      'NaN',
      '/dev/null',
      '/proc/x/y',
      '.',
      '..',
      '/etc/passwd/x',
      '%',
      '\n',
    ),
    fc.constantFrom(
      '--json',
      '--state',
      '--out',
      '--model',
      '--config',
      '--limit',
      '--width',
      '--seed',
      '--since',
      '--set',
    ),
    fc.constantFrom(
      '--__proto__',
      '--constructor',
      '--_',
      '--$0',
      '--no-json',
      '--json=x',
      '-h',
      '--state.x',
      '--help=1',
      '---',
    ),
    fc.string({ maxLength: 8 }),
    fc.constant('x'.repeat(5000)),
  );

  it('field report 10: never causes INK_INTERNAL, whatever is typed', () =>
    inTemporaryFolder(async (folder) => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...commands),
            fc.array(nasty, { maxLength: 5 }),
            async ([program, words], rest) => {
              const { code, stderr } = await PROGRAMS[program](...words.split(' '), ...rest);
              assert.ok(code === 0 || code === 1 || code === 2, String(code));
              assert.doesNotMatch(stderr, /INK_INTERNAL/);
            },
          ),
          { numRuns: 150 },
        );
      } finally {
        process.chdir(before);
      }
    })).timeout(120_000);
});
