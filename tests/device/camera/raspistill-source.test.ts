import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { RaspistillSource } from '@inkcast/device/camera';
import { raspistillOptions } from '@inkcast/device/camera/options';
import sharp from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { Recorder } from './support/recorder.js';
import { isAlive, runsIn } from './support/stand-in.js';

const options = (more: object = {}) =>
  raspistillOptions.parse({ source: 'raspistill', width: 64, height: 48, rate: 2, ...more });

/** Runs `work` with a raspistill on the PATH that notes its arguments and then runs these shell commands. */
function withRaspistill(script: string, work: (recorder: Recorder, folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const before = process.env.PATH;
    await sharp({ create: { width: 64, height: 48, channels: 3, background: '#777777' } })
      .jpeg({ quality: 95 })
      .toFile(join(folder, 'photo.jpg'));
    const note = `printf '{"pid":%s,"args":["%s"]}\\n' "$$" "$*" >> '${folder}/runs.jsonl'`;
    await writeFile(join(folder, 'raspistill'), `#!/bin/sh\ncd '${folder}'\n${note}\n${script}\n`);
    await chmod(join(folder, 'raspistill'), 0o755);
    process.env.PATH = `${folder}${delimiter}${before}`;
    try {
      await work(new Recorder(), folder);
    } finally {
      process.env.PATH = before;
    }
  });
}

describe('raspistill (stand-in)', () => {
  it('takes photos through node-raspistill, with camera options', () =>
    withRaspistill('cat photo.jpg', async (recorder, folder) => {
      const source = new RaspistillSource(options({ rotation: 90, hflip: true, shutterUs: 9000, iso: 400 }));
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length === 2);
      await source.stop();
      const [{ width, height, gray }, { sequence }] = recorder.frames;
      assert.deepEqual([width, height, gray[0], sequence], [64, 48, 0x77, 1]);
      const [{ args }] = await runsIn(folder);
      const given = args[0].split(/(?= -[a-zA-Z])/).map((option) => option.trim());
      for (const option of ['-n', '-hf', '-w 64', '-h 48', '-rot 90', '-ss 9000', '-ISO 400', '-t 500', '-o -']) {
        assert.ok(given.includes(option), `${option} is missing in ${args[0]}`);
      }
      assert.deepEqual(recorder.faults, []);
    }));

  it('continues after a photo that was rejected because something was written to stderr', () =>
    withRaspistill('test -e warned || echo "mmal: warning" >&2; touch warned; cat photo.jpg', async (recorder) => {
      const source = new RaspistillSource(options());
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length === 1);
      await source.stop();
      assert.match(recorder.faults[0].message, /^The photo failed: .*mmal: warning\.$/);
    }));

  it('gives up a photo that hangs, ends raspistill, and tries again', () =>
    withRaspistill('test -e hung || { touch hung; exec sleep 1000; }; cat photo.jpg', async (recorder, folder) => {
      const source = new RaspistillSource(options({ settleMs: 100, timeoutMs: 300 }));
      await source.start(recorder);
      await recorder.until(({ faults }) => faults.length === 1);
      assert.equal(recorder.faults[0].message, 'raspistill took no photo within 300 ms.');
      await recorder.until(({ frames }) => frames.length === 1);
      await source.stop();
      assert.equal(isAlive((await runsIn(folder))[0].pid), false);
    }));

  it('leaves no process when it is stopped in the midst of a photo', () =>
    withRaspistill('exec sleep 1000', async (recorder, folder) => {
      const source = new RaspistillSource(options());
      await source.start(recorder);
      let runs = await runsIn(folder).catch(() => []);
      while (runs.length === 0) runs = await runsIn(folder).catch(() => []);
      await source.stop();
      assert.equal(isAlive(runs[0].pid), false);
      assert.deepEqual(recorder.faults, []);
    }));

  it('says so where raspistill is missing, which the library would wait for for ever', async () => {
    const source = new RaspistillSource(options());
    await assert.rejects(source.start(new Recorder()), {
      code: 'INK_CAMERA_PROGRAM',
      message: 'There is no raspistill on this machine.',
    });
    await source.stop();
  });
});
