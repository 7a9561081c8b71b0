import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeText,
  makeFolder,
  readWholeFile,
  recoverFolder,
  replaceFile,
  replaceFolder,
} from '@inkcast/shared/files';
import fc from 'fast-check';
import { inTemporaryFolder } from '../support/temporary-folder.js';

describe('files read whole', () => {
  it('field report 10: a device without an end is refused, and a pipe is read to its end', () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(readWholeFile('/dev/zero'), {
        code: 'INK_FILE_UNREADABLE',
        message: '/dev/zero does not end: it holds more than 256 MiB.',
      });
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const [read] = await Promise.all([readWholeFile(pipe), writeFile(pipe, 'all of it')]);
      assert.equal(read.toString(), 'all of it');
      await assert.rejects(readWholeFile(folder), { code: 'INK_FILE_UNREADABLE' });
    }));
});

describe('files written in one piece', () => {
  it('replace the old content and leave nothing else behind', () =>
    inTemporaryFolder(async (folder) => {
      const path = join(folder, 'new', 'a.txt');
      await replaceFile(path, 'first');
      await replaceFile(path, 'second');
      assert.equal(await readFile(path, 'utf8'), 'second');
      assert.deepEqual(await readdir(join(folder, 'new')), ['a.txt']);
    }));

  it('keep what is there when they cannot be written', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'taken'));
      await assert.rejects(replaceFile(join(folder, 'taken'), 'x'), { code: 'INK_FILE_UNWRITABLE' });
      await assert.rejects(
        replaceFile('/dev/full/a', 'x'),
        /\/dev\/full\/a cannot be written: a file of that name is in the way/,
      );
      assert.deepEqual(await readdir(folder), ['taken']);
    }));

  it('field report 19: leave a device what it is, and say that it takes nothing', () =>
    inTemporaryFolder(async (folder) => {
      const path = join(folder, 'full');
      await symlink('/dev/full', path);
      await assert.rejects(replaceFile(path, 'x'), /full cannot be written: no space is left/);
      assert.ok((await stat(path)).isCharacterDevice());
      assert.deepEqual(await readdir(folder), ['full']);
    }));

  it('field report 19: leave a link what it is, and write what it leads to', () =>
    inTemporaryFolder(async (folder) => {
      const [file, link] = [join(folder, 'file'), join(folder, 'link')];
      await symlink(file, link);
      for (const content of ['first', 'second']) {
        await replaceFile(link, content);
        assert.equal(await readFile(file, 'utf8'), content);
        assert.ok((await lstat(link)).isSymbolicLink());
      }
      const [bundle, other] = [join(folder, 'bundle'), join(folder, 'other')];
      await mkdir(bundle);
      await symlink(bundle, other);
      await replaceFolder(other, new Map([['a', '1']]));
      assert.ok((await lstat(other)).isSymbolicLink());
      assert.deepEqual(await readdir(bundle), ['a']);
      assert.deepEqual((await readdir(folder)).sort(), ['bundle', 'file', 'link', 'other']);
    }));

  it('field report 19: replace no file and no device by a folder', () =>
    inTemporaryFolder(async (folder) => {
      const [file, full] = [join(folder, 'photo.jpg'), join(folder, 'full')];
      await writeFile(file, 'a photo');
      await symlink('/dev/full', full);
      for (const path of [file, full]) {
        await assert.rejects(replaceFolder(path, new Map([['a', '1']])), /(photo\.jpg|full) is not a folder/);
      }
      assert.equal(await readFile(file, 'utf8'), 'a photo');
      assert.ok((await stat(full)).isCharacterDevice());
      assert.deepEqual((await readdir(folder)).sort(), ['full', 'photo.jpg']);
    }));

  it('replace a whole folder', () =>
    inTemporaryFolder(async (parent) => {
      const folder = join(parent, 'bundle');
      await replaceFolder(folder, new Map([['old', '1']]));
      await replaceFolder(
        folder,
        new Map([
          ['a', '2'],
          ['b', '3'],
        ]),
      );
      assert.deepEqual((await readdir(folder)).sort(), ['a', 'b']);
      assert.deepEqual(await readdir(parent), ['bundle']);
    }));

  it('keep a folder if the check of the new one fails', () =>
    inTemporaryFolder(async (parent) => {
      const folder = join(parent, 'bundle');
      await replaceFolder(folder, new Map([['old', '1']]));
      const refuse = async (fresh: string) => {
        assert.equal(await readFile(join(fresh, 'new'), 'utf8'), '2');
        throw new Error('refused');
      };
      await assert.rejects(replaceFolder(folder, new Map([['new', '2']]), refuse), /refused/);
      assert.deepEqual(await readdir(folder), ['old']);
      assert.deepEqual(await readdir(parent), ['bundle']);
    }));

  it('name the file and the reason when reading fails', () =>
    inTemporaryFolder(async (folder) => {
      const missing = join(folder, 'none');
      await assert.rejects(readWholeFile(missing), {
        code: 'INK_FILE_UNREADABLE',
        message: `${missing} cannot be read: there is no such file or folder.`,
      });
      await writeFile(join(folder, 'file'), '');
      await assert.rejects(readWholeFile(join(folder, 'file', 'x')), /a part of the path is not a folder/);
    }));
});

describe('folders', () => {
  it('field report 10: are refused if the system cannot create them, without endless attempts', async () => {
    const path = '/proc/inkcast/a/b';
    await assert.rejects(replaceFile(path, ''), { code: 'INK_FILE_UNWRITABLE' });
    await assert.rejects(replaceFolder(path, new Map()), { code: 'INK_FILE_UNWRITABLE' });
  });

  it('are made with all above them, and may be there already', () =>
    inTemporaryFolder(async (folder) => {
      const deep = join(folder, 'a', 'b', 'c');
      for (const _ of ['made', 'found']) makeFolder(deep);
      assert.ok((await stat(deep)).isDirectory());
      await writeFile(join(deep, 'file'), '');
      assert.throws(() => makeFolder(join(deep, 'file')), { code: 'EEXIST' });
    }));
});

describe('the text of a file', () => {
  it('field report 11: is the same in each encoding that its byte order mark names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
        assert.equal(decodeText(Buffer.from(`\ufeff${text}`)), text);
        assert.equal(decodeText(marked), text);
        assert.equal(decodeText(Buffer.from(marked).swap16()), text);
      }),
    );
  });

  it('is refused if the bytes are not in that encoding', () => {
    assert.equal(decodeText(Buffer.from('tür', 'latin1')), undefined);
    assert.equal(decodeText(Buffer.from([0xff, 0xfe, 0x61])), undefined);
    assert.equal(decodeText(Buffer.from('Tür')), 'Tür');
  });
});

describe('a folder that was being replaced when power was cut', () => {
  it('is put back as it was, and left alone where it is there', () =>
    inTemporaryFolder(async (parent) => {
      const folder = join(parent, 'model@1.0.0');
      const work = join(parent, '.model@1.0.0-abcdef');
      await mkdir(join(work, 'old'), { recursive: true });
      await mkdir(join(work, 'new'));
      await writeFile(join(work, 'old', 'a'), 'whole');
      await recoverFolder(folder);
      assert.equal(await readFile(join(folder, 'a'), 'utf8'), 'whole');
      assert.deepEqual(await readdir(parent), ['model@1.0.0']);
      await recoverFolder(folder);
      assert.deepEqual(await readdir(folder), ['a']);
      await recoverFolder(join(parent, 'never', 'there'));
      assert.deepEqual(await readdir(parent), ['model@1.0.0']);
    }));
});
