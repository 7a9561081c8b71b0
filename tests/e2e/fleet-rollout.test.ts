import assert from 'node:assert/strict';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { healthSchema } from '@inkcast/shared/messages';
import { create } from 'tar';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const NAMES = ['a', 'b', 'c'];
const NEW = 'digits@9.0.0';

/** The shipped bundle as a later version, packed. */
async function packNewBundle(folder: string): Promise<string> {
  const fresh = join(folder, 'fresh');
  await cp(path('models/digits'), fresh, { recursive: true });
  const manifest = JSON.parse(await readFile(join(fresh, 'manifest.json'), 'utf8'));
  await writeFile(join(fresh, 'manifest.json'), JSON.stringify({ ...manifest, version: '9.0.0' }));
  const file = join(folder, 'fresh.tar.gz');
  await create({ file, gzip: true, cwd: folder }, ['fresh']);
  return file;
}

async function startDaemon(folder: string, name: string, port: number): Promise<InkcastProcess> {
  const config = join(folder, `${name}.yaml`);
  await writeFile(
    config,
    `camera: { source: directory, folder: pictures, rate: 1, frameRate: 2 }
device: { name: ${name} }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state-${name} }
`,
  );
  return new InkcastProcess('run', '--config', config);
}

describe('a model on its way through a fleet of daemons', function () {
  this.timeout(180_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('stops at the stage in which a daemon cannot install it, and goes to all once it can', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'pictures'));
      await copyFile(path('assets/scenes/photos/04-single.jpg'), join(folder, 'pictures', 'a.jpg'));
      const bundle = await packNewBundle(folder);
      // A file blocks the models folder of b.
      await mkdir(join(folder, 'state-b'));
      const obstacle = join(folder, 'state-b', 'models');
      await writeFile(obstacle, '');
      const port = await freePort();
      const url = `mqtt://127.0.0.1:${port}`;
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(url, ['inkcast/+/health']);
      const daemons = await Promise.all(NAMES.map((name) => startDaemon(folder, name, port)));
      const inkcast = async (...args: string[]) => {
        const command = new InkcastProcess('fleet', ...args, '--url', url);
        return { code: await command.ended(), out: command.stdout, notes: command.stderr };
      };
      const models = async () => {
        const list: readonly { device: string; model: string }[] = JSON.parse((await inkcast('list', '--json')).out);
        return list.map(({ model }) => model);
      };
      try {
        await watcher.until((seen) => {
          const running = seen.filter(({ text }) => healthSchema.parse(JSON.parse(text)).camera === 'running');
          return new Set(running.map(({ topic }) => topic)).size === NAMES.length;
        });
        const [shipped] = await models();
        assert.notEqual(shipped, NEW);

        const stopped = await inkcast('rollout', bundle, '--all', '--stages', '1,2,3', '--timeout', '60');
        assert.equal(stopped.code, 1);
        assert.match(stopped.out, /a runs digits@9\.0\.0\nstage 1 of 3: 1 of 3 devices/);
        assert.match(stopped.notes, /INK_ROLLOUT_STOPPED: Stage 2 failed on b \(.*\); 1 of 3 devices were not touched/);
        assert.deepEqual(await models(), [NEW, shipped, shipped]);

        await rm(obstacle);
        const done = await inkcast('rollout', bundle, '--all', '--stages', '1,2,3', '--timeout', '60');
        assert.equal(done.code, 0, done.notes);
        assert.deepEqual(await models(), [NEW, NEW, NEW]);
      } finally {
        for (const daemon of daemons) await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    }));
});
