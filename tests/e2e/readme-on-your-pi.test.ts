import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, Mosquitto } from '@inkcast/lab/broker';
import { ROOT } from '../device/support/command.js';
// What is typed runs the compiled programs.
import '../support/built-programs.js';
import { needsProgram } from '../support/programs.js';
import { KEYS, PseudoTerminal } from '../support/pseudo-terminal.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const INSTALLED = 'npm run setup';

describe('"On your Pi" of the README', function () {
  this.timeout(180_000);

  it('leads from an installed clone to readings, word for word, also for root', async function () {
    needsProgram(this, 'script', 'mosquitto', 'mosquitto_sub');
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const block =
      readme
        .match(/## On your Pi[\s\S]*?```sh\n([\s\S]*?)```/)?.[1]
        ?.trimEnd()
        .split('\n') ?? [];
    assert.deepEqual(block.slice(2, 5), ['git clone "$REPOSITORY" inkcast', 'cd inkcast', INSTALLED]);
    const [setup = '', doctor = '', run = '', ...more] = block.slice(block.indexOf(INSTALLED) + 1);
    assert.deepEqual(more, []);

    await inTemporaryFolder(async (folder) => {
      for (const name of ['package.json', 'node_modules']) await symlink(join(ROOT, name), join(folder, name));
      const port = await freePort();
      const broker = await Mosquitto.start(folder, [`listener ${port} 127.0.0.1`, 'allow_anonymous true']);
      const { CI: _, NO_COLOR: __, INKCAST_CONFIG: ___, ...inherited } = process.env;
      const env = { ...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_STATE_HOME: join(folder, 'state') };
      const typed = async (line: string, code: number, work: (terminal: PseudoTerminal) => Promise<void>) => {
        const terminal = new PseudoTerminal(['bash', '-c', line], { cwd: folder, env });
        try {
          await work(terminal);
          assert.equal(await terminal.ended(), code, terminal.text);
        } finally {
          await terminal.end();
        }
      };
      try {
        await typed(setup, 0, async (terminal) => {
          await terminal.shows('Where do frames come from?');
          await terminal.answer('A folder of pictures', KEYS.up, KEYS.enter);
          await terminal.answer('The folder', join(ROOT, 'assets/scenes/photos'), KEYS.enter);
          await terminal.answer('A name for this device', 'kitchen', KEYS.enter);
          await terminal.answer('The MQTT broker', `mqtt://127.0.0.1:${port}`, KEYS.enter);
          await terminal.answer('User at the broker', KEYS.enter);
        });
        assert.ok(existsSync(join(folder, 'inkcast.yaml')));
        await typed(doctor, 0, (terminal) => terminal.shows('accepts the connection'));
        // The shell sends Ctrl-C.
        await typed(run, 130, async (terminal) => {
          const args = ['-p', `${port}`, '-t', 'inkcast/kitchen/event', '-C', '1'];
          const { stdout } = await promisify(execFile)('mosquitto_sub', args);
          assert.equal(JSON.parse(stdout).event_type, 'digits_appeared');
          terminal.type(KEYS.interrupt);
        });
      } finally {
        await broker.stop();
      }
    });
  });
});
