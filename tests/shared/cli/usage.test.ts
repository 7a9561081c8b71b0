import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inkcast, ROOT } from '../../device/support/command.js';
import { lab } from '../../lab/support/command.js';
import type { CommandOutput } from '../../support/run-in-process.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../../training/support/command.js';

const PROGRAMS = { inkcast, 'inkcast-train': inkcastTrain, lab };
const SCENE = join(ROOT, 'assets/scenes/photos/01-note.jpg');

type Program = keyof typeof PROGRAMS;

/** What a program says of arguments that it does not understand. */
async function refusal(program: Program, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await PROGRAMS[program](...args);
  assert.deepEqual([code, stdout], [2, ''], stderr);
  return stderr;
}

describe('a command line that is not understood', () => {
  const unknownOptions: readonly [Program, string, RegExp][] = [
    ['inkcast', 'read --jsn', /There is no option --jsn here; did you mean --json\?/],
    ['inkcast', 'read --jsn note.jpg', /There is no option --jsn here; did you mean --json\?/],
    ['inkcast', 'read -j note.jpg', /There is no option -j here\. /],
    ['inkcast', 'read note.jpg --xyzzy-plugh', /There is no option --xyzzy-plugh here\. /],
    ['inkcast', 'read note.jpg --state.x y', /There is no option --state\.x here; did you mean --state\?/],
    ['inkcast', 'read note.jpg --no-state', /There is no option --no-state here; did you mean --state\?/],
    ['inkcast', 'read note.jpg --_ x', /There is no option --_ here/],
    ['inkcast', 'fleet request --al', /There is no option --al here; did you mean --all\?/],
    ['inkcast', '--jsn', /There is no option --jsn here/],
    ['inkcast-train', 'verify --imgaes 5', /There is no option --imgaes here; did you mean --images\?/],
    ['inkcast-train', 'train --lr2 5', /There is no option --lr2 here; did you mean --lr\?/],
    ['lab', 'fit spotter-file --bundel x', /There is no option --bundel here; did you mean --bundle\?/],
  ];
  for (const [program, words, expected] of unknownOptions) {
    it(`field report 20: ${program} ${words} names the option that there is not`, async () => {
      assert.match(await refusal(program, words.split(' ')), expected);
    });
  }

  const unknownCommands: readonly [Program, string, RegExp][] = [
    ['inkcast', 'rnu', /There is no command "rnu"; did you mean run\? [A-Z]/],
    ['inkcast', 'model lst', /There is no command "lst"; did you mean list\? [A-Z]/],
    ['inkcast', 'xyzzy', /There is no command "xyzzy"\. [A-Z]/],
    ['inkcast-train', 'data stat', /There is no command "stat"; did you mean stats\? [A-Z]/],
    ['lab', 'fit spoter', /There is no command "spoter"; did you mean spotter\? [A-Z]/],
  ];
  for (const [program, words, expected] of unknownCommands) {
    it(`field report 20: ${program} ${words} names the command that there is not, in one sentence`, async () => {
      assert.match(await refusal(program, words.split(' ')), expected);
    });
  }

  const missing: readonly [Program, string, RegExp][] = [
    ['inkcast', 'read', /The command "read" needs <files\.\.>\. /],
    ['inkcast', 'fleet request', /The command "fleet request" needs <verb>\. /],
    ['inkcast', 'fleet', /Say what to do with the fleet: list, request, labels or rollout\. /],
    ['inkcast-train', 'average run', /The command "average" needs <other>\. /],
    ['inkcast-train', 'data', /Say what to do with the data: stats or preview\. /],
    ['lab', 'fit', /Say which step\. /],
  ];
  for (const [program, words, expected] of missing) {
    it(`field report 20: ${program} ${words} names the argument that is missing`, async () => {
      assert.match(await refusal(program, words.split(' ')), expected);
    });
  }

  const values: readonly [Program, string, RegExp][] = [
    ['inkcast', 'history --limit abc', /--limit must be a number, and not "abc"\. /],
    ['inkcast', 'history --limit NaN', /--limit must be a number, and not "NaN"\. /],
    ['inkcast', 'history --limit=1e999', /--limit must be a number, and not "1e999"\. /],
    ['inkcast', 'history --limit', /--limit needs a value\. /],
    ['inkcast', 'fleet list --timeout soon', /--timeout must be a number, and not "soon"\. /],
    ['inkcast', 'read --config= note.jpg', /--config needs a value\. /],
    ['inkcast', 'read --state a --state b note.jpg', /--state is given more than once\. /],
    ['inkcast', 'read --json=maybe note.jpg', /--json is either true or false, and not "maybe"\. /],
    ['inkcast', 'read --spotter smal note.jpg', /--spotter must be one of .*, and not "smal"; did you mean small\? /],
    ['inkcast', 'bench inferense', /what must be one of inference, and not "inferense"; did you mean inference\? /],
    ['inkcast-train', 'train --lr fast', /--lr must be a number, and not "fast"\. /],
    ['inkcast-train', 'train --lr 1 --learning-rate 2', /--learning-rate is given more than once\. /],
    [
      'lab',
      'fit coarsen --networks spotter verifer --bundle b --max-weight 7 --frames f',
      /--networks must be one of .*, and not "verifer"; did you mean verifier\? /,
    ],
    ['lab', 'frames --count many --out x', /--count must be a number, and not "many"\. /],
  ];
  for (const [program, words, expected] of values) {
    it(`field report 20: ${program} ${words} names the option and what was typed`, async () => {
      assert.match(await refusal(program, words.split(' ')), expected);
    });
  }

  it('field report 20: gives English messages in every locale', async () => {
    const { LC_ALL } = process.env;
    process.env.LC_ALL = 'de_DE.UTF-8';
    try {
      assert.match((await inkcast('read', '--help')).stdout, /^Options:$/m);
      assert.match(await refusal('inkcast', ['run', 'now']), /"now" is one word too many\. /);
    } finally {
      if (LC_ALL === undefined) delete process.env.LC_ALL;
      else process.env.LC_ALL = LC_ALL;
    }
  });
});

describe('words after --', () => {
  it('field report 20: are files, whatever they begin with, in all three programs', () =>
    inTemporaryFolder(async (folder) => {
      const cases: readonly [Pick<CommandOutput, 'stderr'> & { readonly code: number | null }, RegExp][] = [
        [
          await inkcast('read', '--json', '--', '--json', '-dash.jpg'),
          /--json cannot be read.*\n.*-dash\.jpg cannot be/,
        ],
        [await inkcast('model', 'verify', '--', '-folder'), /INK_BUNDLE_MISSING: .*-folder/],
        [await inkcastTrain('predict', '--', '-a.png', 'b.png'), /-a\.png cannot be read.*\n.*b\.png cannot be/],
        [await lab('explain', '--out', folder, '--', '-a.jpg'), /-a\.jpg cannot be read/],
      ];
      for (const [{ code, stderr }, expected] of cases) {
        assert.equal(code, 1, stderr);
        assert.match(stderr, expected);
      }
      await copyFile(SCENE, join(folder, '-dash.jpg'));
      const before = process.cwd();
      process.chdir(folder);
      try {
        const read = await inkcast('read', '--', '-dash.jpg');
        assert.deepEqual([read.code, read.stdout], [0, '-dash.jpg: 407\n']);
      } finally {
        process.chdir(before);
      }
    }));
});
