import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installRpicam } from '../device/camera/support/stand-in.js';
import { INKCAST } from '../support/built-programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

/** Native libraries that take memory, by a part of the name of their file. */
const HEAVY = /libvips|sharp-|tensorflowlite|opencv/;

/** The code that a file of the bundle loads at once, with its own. */
async function codeOf(file: string, seen = new Set<string>()): Promise<string> {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = await readFile(file, 'utf8');
  const imported = [...text.matchAll(/\bimport(?:\{[^}]*\}from)?"(\.\/[^"]*)"/g)].map(([, name]) =>
    join(dirname(file), name),
  );
  return (await Promise.all(imported.map((each) => codeOf(each, seen)))).join('') + text;
}

describe('the small daemon', () => {
  it('loads no schemas of messages in the thread of its database', async () => {
    const bundle = join(dirname(INKCAST), '../dist-program');
    assert.match(await codeOf(join(bundle, 'cli-main.js')), /"ZodString"/);
    assert.doesNotMatch(await codeOf(join(bundle, 'storage-database-worker.js')), /"ZodString"/);
  });

  it('maps no decoder, OpenCV or TensorFlow Lite for a camera that delivers pixels', async function () {
    this.timeout(120_000);
    await inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', {});
      const config = {
        camera: { source: 'rpicam', program: join(folder, 'rpicam-vid'), width: 640, height: 480 },
        vision: { build: 'kernels' },
        inference: { backEnd: 'inkcast' },
        mqtt: { url: 'mqtt://127.0.0.1:1' },
        storage: { folder: join(folder, 'state') },
        web: { enabled: false },
      };
      await writeFile(join(folder, 'config.json'), JSON.stringify(config));
      const daemon = new InkcastProcess('run', '--config', join(folder, 'config.json'));
      try {
        await daemon.prints('"camera":"running"');
        const maps = await readFile(`/proc/${daemon.pid}/maps`, 'utf8');
        // What it stores events with is there, so the list is that of the daemon.
        assert.match(maps, /libsql/);
        assert.deepEqual(
          maps.split('\n').filter((line) => HEAVY.test(line)),
          [],
        );
        daemon.terminate();
        assert.equal(await daemon.ended(), 0);
      } finally {
        await daemon.end();
      }
    });
  });
});
