import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DirectorySource, type Frame } from '@inkcast/device/camera';
import { InkError } from '@inkcast/shared/errors';
import sharp from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { Recorder } from './support/recorder.js';

async function writePicture(folder: string, name: string): Promise<void> {
  await sharp({ create: { width: 10, height: 6, channels: 3, background: '#ffffff' } })
    .png()
    .toFile(join(folder, name));
}

const names = (frames: readonly Frame[]) => frames.map(({ file }) => file?.split('/').at(-1));

describe('a folder as a camera', () => {
  it('plays its pictures once, in the order of their names, one at a time', () =>
    inTemporaryFolder(async (folder) => {
      for (const name of ['b.png', 'a.PNG', 'c.png', 'notes.txt']) {
        if (name.endsWith('.txt')) await writeFile(join(folder, name), 'x');
        else await writePicture(folder, name);
      }
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: false });
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.deepEqual(names(recorder.frames), ['a.PNG', 'b.png', 'c.png']);
      assert.deepEqual(
        recorder.frames.map(({ sequence }) => sequence),
        [0, 1, 2],
      );
      assert.deepEqual([recorder.frames[0].width, recorder.frames[0].height], [10, 6]);
      assert.equal(recorder.overlapping, false);
    }));

  it('field report 18: plays the pictures of sub-folders by option, in the order of their paths', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, '2026', '11'), { recursive: true });
      for (const name of ['z.png', '2026/11/b.png', '2026/a.png']) await writePicture(folder, name);
      for (const [recursive, expected] of [
        [true, ['2026/11/b.png', '2026/a.png', 'z.png']],
        [false, ['z.png']],
      ] as const) {
        const recorder = new Recorder();
        const source = new DirectorySource({ folder, rate: 1000, loop: false, recursive });
        await source.start(recorder);
        await recorder.until(({ ended }) => ended);
        await source.stop();
        assert.deepEqual(
          recorder.frames.map(({ file = '' }) => relative(folder, file)),
          expected,
        );
      }
    }));

  it('field report 18: leaves out pipes and folders that are named like pictures, and names what it cannot open', () =>
    inTemporaryFolder(async (folder) => {
      execFileSync('mkfifo', [join(folder, 'a.jpg')]);
      await mkdir(join(folder, 'b.jpg'));
      await writeFile(Buffer.from(`${folder}/c\xfc.jpg`, 'latin1'), 'x');
      await writePicture(folder, 'd.png');
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: false });
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      assert.deepEqual(names(recorder.frames), ['d.png']);
      assert.equal(recorder.faults.length, 1);
      assert.match(recorder.faults[0].message, /c\uFFFD\.jpg cannot be read: its name is not in UTF-8\.$/);
      await source.stop();
    }));

  it('field report 18: reads AVIF and TIFF, and refuses HEIC by name', () =>
    inTemporaryFolder(async (folder) => {
      await writePicture(folder, 'a.png');
      await sharp(join(folder, 'a.png')).avif().toFile(join(folder, 'b.avif'));
      await sharp(join(folder, 'a.png')).tiff().toFile(join(folder, 'c.tif'));
      await writeFile(join(folder, 'd.heic'), '\0\0\0\x18ftypheic\0\0\0\0mif1heic');
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: false });
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.deepEqual(names(recorder.frames), ['a.png', 'b.avif', 'c.tif']);
      assert.deepEqual(
        recorder.faults.map(({ message }) => message),
        [`${join(folder, 'd.heic')} is a HEIC picture, which Inkcast does not read.`],
      );
    }));

  it('skips a broken picture, and names it', () =>
    inTemporaryFolder(async (folder) => {
      await writePicture(folder, 'a.png');
      await writeFile(join(folder, 'b.png'), 'broken');
      await writePicture(folder, 'c.png');
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: false });
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.deepEqual(names(recorder.frames), ['a.png', 'c.png']);
      assert.deepEqual(
        recorder.faults.map(({ code }) => code),
        ['INK_IMAGE_UNREADABLE'],
      );
      assert.ok(recorder.faults[0].message.includes('b.png'));
    }));

  it('loops until it is stopped, and delivers nothing afterwards', () =>
    inTemporaryFolder(async (folder) => {
      await writePicture(folder, 'a.png');
      await writePicture(folder, 'b.png');
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: true });
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 5);
      await source.stop();
      const delivered = recorder.frames.length;
      assert.deepEqual(names(recorder.frames).slice(0, 5), ['a.png', 'b.png', 'a.png', 'b.png', 'a.png']);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(recorder.frames.length, delivered);
      assert.equal(recorder.ended, false);
    }));

  it('ends with a fault where its pictures are taken away', () =>
    inTemporaryFolder(async (folder) => {
      await writePicture(folder, 'a.png');
      const recorder = new Recorder();
      const source = new DirectorySource({ folder, rate: 1000, loop: true });
      await source.start(recorder);
      await rm(folder, { recursive: true });
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.equal(recorder.failure?.code, 'INK_CAMERA_FAILED');
    }));

  it('refuses a folder that is not there or holds no picture', () =>
    inTemporaryFolder(async (folder) => {
      for (const path of [folder, join(folder, 'nowhere')]) {
        const source = new DirectorySource({ folder: path, rate: 1, loop: false });
        await assert.rejects(source.start(new Recorder()), (error) => {
          assert.ok(error instanceof InkError);
          return error.code === 'INK_CAMERA_FAILED' && error.message.includes(path);
        });
        await source.stop();
      }
    }));
});
