import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  access,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Frame, WatchSource } from '@inkcast/device/camera';
import { cameraOptions, watchOptions } from '@inkcast/device/camera/options';
import sharp from 'sharp';
import { needsProgram } from '../../support/programs.js';
import { SetClock } from '../../support/set-clock.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { Recorder } from './support/recorder.js';

const RUNNER = fileURLToPath(new URL('support/run-watch.ts', import.meta.url));

const picture = (value: number) =>
  sharp({ create: { width: 20, height: 10, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer();

const values = (frames: readonly Frame[]) => frames.map(({ gray }) => gray[0]);

/** Polls, because no event reports the fate of a file. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** Watches a temporary folder during `work`. */
function watching(
  more: object | ((inbox: string) => object),
  work: (recorder: Recorder, inbox: string, folder: string) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const inbox = join(folder, 'inbox');
    await mkdir(inbox);
    await writeFile(join(inbox, 'old.png'), await picture(1));
    const recorder = new Recorder();
    const options = {
      source: 'watch',
      folder: inbox,
      settledMs: 60,
      ...(typeof more === 'function' ? more(inbox) : more),
    };
    const source = new WatchSource(watchOptions.parse(options));
    await source.start(recorder);
    try {
      await work(recorder, inbox, folder);
    } finally {
      await source.stop();
    }
  });
}

describe('a folder that is watched', () => {
  it('field report 6: delivers a picture that was arriving when the date was set back', function () {
    needsProgram(this, 'faketime');
    return inTemporaryFolder(async (folder) => {
      const inbox = join(folder, 'inbox');
      await mkdir(inbox);
      const clock = new SetClock(folder, '2026-06-01 00:00:00');
      const child = spawn(process.execPath, [...process.execArgv, RUNNER, inbox, '1500'], {
        env: { ...process.env, ...clock.environment },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        assert.equal((await lines.next()).value, 'started');
        await writeFile(join(inbox, 'a.png'), await picture(10));
        // Nobody is told that it has been seen; a second is long enough, and shorter than it is waited for.
        await wait(1000);
        clock.set('1970-01-01 00:00:20');
        assert.equal((await lines.next()).value, 'a.png');
      } finally {
        child.kill();
      }
    });
  });

  for (const poll of [false, true]) {
    it(`delivers pictures that appear, ${poll ? 'by polling' : 'by the kernel’s word'}`, () =>
      watching({ poll }, async (recorder, inbox, folder) => {
        await writeFile(join(inbox, 'a.png'), await picture(10));
        await recorder.until(({ frames }) => frames.length === 1);
        await writeFile(join(folder, 'b.png'), await picture(20));
        await rename(join(folder, 'b.png'), join(inbox, 'b.png'));
        await recorder.until(({ frames }) => frames.length === 2);
        await writeFile(join(inbox, 'notes.txt'), 'no picture');
        await writeFile(join(inbox, 'a.png'), await picture(30));
        await recorder.until(({ frames }) => frames.length === 3);
        assert.deepEqual(values(recorder.frames), [10, 20, 30]);
        assert.equal(recorder.frames[0].file, join(inbox, 'a.png'));
        assert.deepEqual((await readdir(inbox)).sort(), ['a.png', 'b.png', 'notes.txt', 'old.png']);
        assert.deepEqual(recorder.faults, []);
      }));
  }

  it('waits until a picture is complete that is written piece by piece', () =>
    watching({ settledMs: 400 }, async (recorder, inbox) => {
      const bytes = await picture(50);
      const file = await open(join(inbox, 'slow.png'), 'w');
      for (let at = 0; at < bytes.length; at += 20) {
        await file.write(bytes, at, Math.min(20, bytes.length - at));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await file.close();
      await recorder.until(({ frames, faults }) => frames.length + faults.length > 0);
      assert.deepEqual(values(recorder.frames), [50]);
    }));

  it('reads what lies there already, where it is to', () =>
    watching({ existing: true }, async (recorder) => {
      await recorder.until(({ frames }) => frames.length === 1);
      assert.deepEqual(values(recorder.frames), [1]);
    }));

  it('deletes what it has read, but not a picture that is broken', () =>
    watching({ after: 'delete', existing: true }, async (recorder, inbox) => {
      await writeFile(join(inbox, 'broken.png'), 'broken');
      await writeFile(join(inbox, 'fine.png'), await picture(60));
      await recorder.until(({ frames, faults }) => frames.length === 2 && faults.length === 1);
      assert.match(recorder.faults[0].message, /broken\.png cannot be decoded/);
      await until(async () => (await readdir(inbox)).length === 1);
      assert.deepEqual(await readdir(inbox), ['broken.png']);
    }));

  it('moves what it has read into a folder that it makes', () =>
    inTemporaryFolder((elsewhere) =>
      watching({ after: 'move', moveTo: join(elsewhere, 'done'), existing: true }, async (recorder) => {
        await recorder.until(({ frames }) => frames.length === 1);
        const moved = join(elsewhere, 'done', 'old.png');
        await until(() =>
          access(moved).then(
            () => true,
            () => false,
          ),
        );
      }),
    ));

  for (const poll of [false, true]) {
    it(`field report 18: reads pictures in sub-folders by option, ${poll ? 'by polling' : 'by the kernel’s word'}`, () =>
      watching({ recursive: true, poll }, async (recorder, inbox, folder) => {
        const day = join(inbox, '2026', '11', '28');
        await mkdir(day, { recursive: true });
        await writeFile(join(day, 'a.png'), await picture(10));
        await recorder.until(({ frames }) => frames.length === 1);
        await mkdir(join(folder, 'upload'));
        await writeFile(join(folder, 'upload', 'b.png'), await picture(20));
        await rename(join(folder, 'upload'), join(inbox, '2026', '12'));
        await recorder.until(({ frames }) => frames.length === 2);
        assert.deepEqual(values(recorder.frames), [10, 20]);
        assert.equal(recorder.frames[0].file, join(day, 'a.png'));
        await rm(join(inbox, '2026'), { recursive: true });
        await writeFile(join(inbox, 'c.png'), await picture(30));
        await recorder.until(({ frames }) => frames.length === 3);
        assert.equal(recorder.ended, false);
      }));
  }

  it('reads none in sub-folders without the option', () =>
    watching({}, async (recorder, inbox) => {
      await mkdir(join(inbox, 'sub'));
      await writeFile(join(inbox, 'sub', 'a.png'), await picture(10));
      await writeFile(join(inbox, 'b.png'), await picture(20));
      await recorder.until(({ frames }) => frames.length === 1);
      assert.deepEqual(values(recorder.frames), [20]);
    }));

  it('field report 18: moves pictures of sub-folders with their folders, also to below the folder itself', () =>
    watching(
      (inbox: string) => ({ recursive: true, after: 'move', moveTo: join(inbox, 'done') }),
      async (recorder, inbox) => {
        for (const hour of ['01', '02']) {
          await mkdir(join(inbox, hour));
          await writeFile(join(inbox, hour, 'a.png'), await picture(10));
          await recorder.until(({ frames }) => frames.length === Number(hour));
          await until(async () => (await readdir(join(inbox, hour))).length === 0);
        }
        assert.deepEqual((await readdir(join(inbox, 'done'), { recursive: true })).sort(), [
          '01',
          '01/a.png',
          '02',
          '02/a.png',
        ]);
        // What has been put away is not read again: the next frame is that of the next picture.
        await writeFile(join(inbox, 'b.png'), await picture(30));
        await recorder.until(({ frames }) => frames.length === 3);
        assert.deepEqual(values(recorder.frames), [10, 10, 30]);
        assert.deepEqual(recorder.faults, []);
      },
    ));

  it('field report 18: moves pictures to another file system', async function () {
    const shared = '/dev/shm';
    if ((await stat(shared).catch(() => undefined))?.dev === (await stat(tmpdir())).dev) this.skip();
    const target = await mkdtemp(join(shared, 'inkcast-'));
    try {
      await watching({ after: 'move', moveTo: target }, async (recorder, inbox) => {
        await writeFile(join(inbox, 'a.png'), await picture(10));
        await until(async () => !(await readdir(inbox)).includes('a.png'));
        assert.deepEqual(await readdir(target), ['a.png']);
        assert.deepEqual(await readFile(join(target, 'a.png')), await picture(10));
        assert.deepEqual(recorder.faults, []);
      });
    } finally {
      await rm(target, { recursive: true });
    }
  });

  it('field report 18: keeps what was moved where a camera gives each picture the same name', () =>
    inTemporaryFolder(async (target) => {
      for (const value of [10, 20, 30]) {
        await watching({ after: 'move', moveTo: target }, async (_, inbox) => {
          await writeFile(join(inbox, 'now.png'), await picture(value));
          await until(async () => !(await readdir(inbox)).includes('now.png'));
        });
      }
      const names = await readdir(target);
      const pictures = await Promise.all(names.map(async (name) => sharp(join(target, name)).raw().toBuffer()));
      assert.deepEqual(pictures.map(([value]) => value).sort(), [10, 20, 30]);
      for (const name of names) assert.match(name, /^now(-\d+)?\.png$/);
    }));

  it('field report 18: reads on beside links in a circle, pipes and folders that are named like pictures', () =>
    watching({ existing: true }, async (recorder, inbox) => {
      await symlink('circle.png', join(inbox, 'circle.png'));
      execFileSync('mkfifo', [join(inbox, 'pipe.png')]);
      await mkdir(join(inbox, 'folder.png'));
      await writeFile(join(inbox, 'a.png'), await picture(10));
      await recorder.until(({ frames, faults }) => frames.length === 2 && faults.length > 0);
      assert.match(recorder.faults[0].message, /circle\.png cannot be read: its links lead in a circle\.$/);
      assert.equal(recorder.ended, false);
      // The same at the start.
      const again = new Recorder();
      const source = new WatchSource(watchOptions.parse({ source: 'watch', folder: inbox, existing: true }));
      await source.start(again);
      await again.until(({ frames, faults }) => frames.length === 2 && faults.length > 0);
      await source.stop();
    }));

  for (const poll of [false, true]) {
    it(`field report 18: says that a name is not in UTF-8, at the start and later (${poll ? 'polling' : 'kernel'})`, () =>
      inTemporaryFolder(async (inbox) => {
        const latin = (name: string) => Buffer.concat([Buffer.from(`${inbox}/`), Buffer.from(name, 'latin1')]);
        await writeFile(latin('Küche.png'), await picture(10));
        const recorder = new Recorder();
        const source = new WatchSource(watchOptions.parse({ source: 'watch', folder: inbox, poll }));
        await source.start(recorder);
        await recorder.until(({ faults }) => faults.length === 1);
        await writeFile(latin('Zähler.png'), await picture(20));
        await recorder.until(({ faults }) => faults.length === 2);
        assert.match(recorder.faults[0].message, /K\uFFFDche\.png cannot be read: its name is not in UTF-8\.$/);
        assert.match(recorder.faults[1].message, /Z\uFFFDhler\.png/);
        await source.stop();
      }));
  }

  it('field report 18: reads AVIF and TIFF that appear, and refuses HEIC by name', () =>
    watching({}, async (recorder, inbox) => {
      await sharp(await picture(40))
        .avif({ lossless: true })
        .toFile(join(inbox, 'a.avif'));
      await recorder.until(({ frames }) => frames.length === 1);
      await sharp(await picture(50))
        .tiff()
        .toFile(join(inbox, 'b.TIF'));
      await recorder.until(({ frames }) => frames.length === 2);
      await writeFile(join(inbox, 'c.HEIC'), '\0\0\0\x18ftypheic\0\0\0\0mif1heic');
      await recorder.until(({ faults }) => faults.length === 1);
      assert.match(recorder.faults[0].message, /c\.HEIC is a HEIC picture, which Inkcast does not read\.$/);
    }));

  it('ends if the folder is removed, and refuses a missing one', () =>
    watching({}, async (recorder, inbox) => {
      await rm(inbox, { recursive: true });
      await recorder.until(({ ended }) => ended);
      assert.equal(recorder.failure?.message, `The folder ${inbox} has been taken away.`);
      const source = new WatchSource(watchOptions.parse({ source: 'watch', folder: inbox }));
      await assert.rejects(source.start(new Recorder()), { code: 'INK_CAMERA_FAILED' });
      await source.stop();
    }));

  it('moves pictures only if a target is set', () => {
    const base = { source: 'watch', folder: 'x' };
    for (const more of [{ after: 'move' }, { moveTo: 'y' }, { after: 'delete', moveTo: 'y' }]) {
      assert.equal(cameraOptions.safeParse({ ...base, ...more }).success, false);
    }
    assert.equal(cameraOptions.safeParse({ ...base, after: 'move', moveTo: 'y' }).success, true);
  });
});
