import assert from 'node:assert/strict';
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addToBundle } from '@inkcast/training/bundle';
import sharp from 'sharp';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast, ROOT } from '../support/command.js';
import { withTeachingIn } from '../teaching/support/with-teaching.js';

const SCENE = join(ROOT, 'assets/scenes/photos/01-note.jpg');
const BLANK = join(ROOT, 'assets/scenes/negatives/16-blank.jpg');

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('inkcast read', () => {
  it('takes the spotter that is asked for, also of a bundle that has one size, and knows no other', () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(ROOT, 'models/digits'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('standard', 32, 48)] });
      const small = await inkcast('read', '--model', own, '--spotter', 'small', BLANK);
      assert.deepEqual([small.code, small.stderr], [0, '']);
      const configured = join(folder, 'inkcast.yaml');
      await writeFile(configured, `camera: { source: directory, folder: . }\nreading: { model: small }\n`);
      const byFile = await inkcast('read', '--model', own, '--config', configured, BLANK);
      assert.deepEqual([byFile.code, byFile.stdout], [0, small.stdout]);
      for (const size of ['huge', 'none']) assert.equal((await inkcast('read', '--spotter', size, BLANK)).code, 2);
    }));

  it('prints one JSON object a picture, with boxes in pixels of the original', () =>
    inTemporaryFolder(async (folder) => {
      const large = join(folder, 'large.png');
      await sharp(SCENE).resize({ width: 2560 }).png().toFile(large);
      const { code, stdout, stderr } = await inkcast('read', '--json', SCENE, large, BLANK);
      assert.equal(code, 0, stderr);
      const [scene, twice, blank] = linesOf(stdout);
      assert.deepEqual(Object.keys(scene), [
        ...['file', 'width', 'height', 'text', 'rows', 'digits', 'rejected', 'elapsedMs'],
      ]);
      assert.deepEqual([scene.file, scene.width, scene.height], [SCENE, 640, 480]);
      assert.deepEqual([scene.text, scene.rows], ['407', ['407']]);
      assert.deepEqual(Object.keys(scene.elapsedMs), ['decode', 'vision', 'inference']);
      // Four times as large, read at twice the size: the same places, in the picture's own pixels.
      assert.deepEqual([twice.width, twice.height, twice.text], [2560, 1920, '407']);
      scene.digits.forEach(({ box }: { box: number[] }, index: number) => {
        box.forEach((value, side) => {
          const large = twice.digits[index].box[side];
          assert.ok(Math.abs(large / 4 - value) < 12, `${large} is not about four times ${value}`);
        });
      });
      assert.deepEqual([blank.text, blank.rows, blank.digits], ['', [], []]);
    }));

  it('reads each picture of a folder, in the natural order of their names', () =>
    inTemporaryFolder(async (folder) => {
      const photographs = join(folder, 'photographs');
      await mkdir(join(photographs, 'others.jpg'), { recursive: true });
      for (const name of ['10.jpg', '9.JPG']) await copyFile(SCENE, join(photographs, name));
      await writeFile(join(photographs, 'notes.txt'), 'no picture');
      const { code, stdout, stderr } = await inkcast('read', '--json', BLANK, photographs);
      assert.equal(code, 0, stderr);
      const read = linesOf(stdout).map(({ file, text }) => [file, text]);
      assert.deepEqual(read, [
        [BLANK, ''],
        [join(photographs, '9.JPG'), '407'],
        [join(photographs, '10.jpg'), '407'],
      ]);
      const none = await inkcast('read', join(photographs, 'others.jpg'));
      assert.deepEqual([none.code, none.stdout], [1, '']);
      assert.match(none.stderr, /^INK_FILE_UNREADABLE: The folder .*others\.jpg contains no picture\./);
    }));

  it('prints a line for each named region, draws all of them into one copy, and explains each by itself', () =>
    inTemporaryFolder(async (folder) => {
      const phone = join(ROOT, 'assets/scenes/photos/02-phone.jpg');
      const config = join(folder, 'inkcast.yaml');
      await writeFile(
        config,
        `camera: { source: directory, folder: . }
vision:
  regions:
    - { name: upper, regionOfInterest: { x: 0, y: 0, width: 1, height: 0.47 } }
    - { name: lower, corners: [[0, 0.49], [1, 0.49], [1, 1], [0, 1]], expect: dddddd }
reading: { model: small }
`,
      );
      const [boxes, why] = [join(folder, 'boxes'), join(folder, 'why')];
      const asked = ['--config', config, '--annotate', boxes, '--explain', why, '--json', phone];
      const { code, stdout, stderr } = await inkcast('read', ...asked);
      assert.equal(code, 0, stderr);
      const lines = linesOf(stdout);
      assert.deepEqual(
        lines.map(({ region, text }) => [region, text]),
        [
          ['upper', '0305'],
          ['lower', '221859'],
        ],
      );
      const [upper, lower] = lines.map(({ digits }) => digits[0].box[1]);
      assert.ok(upper < lower && lower > 0.49 * 480, `${upper}, ${lower}`);
      assert.deepEqual(await readdir(boxes), ['02-phone.jpg']);
      assert.deepEqual((await readdir(why)).toSorted(), [
        ...['02-phone.jpg-lower.html', '02-phone.jpg-lower.json', '02-phone.jpg-upper.html', '02-phone.jpg-upper.json'],
      ]);
      const { stdout: words } = await inkcast('read', '--config', config, phone);
      assert.equal(words, `${phone}, upper: 0305\n${phone}, lower: 221859\n`);
    }));

  it('gives an error line for each file that is no picture, and reads the others', () =>
    inTemporaryFolder(async (folder) => {
      const path = (name: string) => join(folder, name);
      await writeFile(path('text.jpg'), 'no picture');
      await writeFile(path('empty.png'), '');
      await mkdir(path('folder.jpg'));
      const whole = await readFile(SCENE);
      await writeFile(path('cut.jpg'), whole.subarray(0, whole.length / 2));
      const bad = ['text.jpg', 'empty.png', 'folder.jpg', 'cut.jpg', 'missing.jpg'].map(path);
      const { code, stdout, stderr } = await inkcast('read', '--json', ...bad, SCENE);
      assert.equal(code, 1);
      const lines = linesOf(stdout);
      assert.deepEqual(
        lines.map(({ file, error }) => [file, error?.code]),
        [
          [path('text.jpg'), 'INK_IMAGE_UNREADABLE'],
          [path('empty.png'), 'INK_IMAGE_UNREADABLE'],
          [path('folder.jpg'), 'INK_FILE_UNREADABLE'],
          [path('cut.jpg'), 'INK_IMAGE_UNREADABLE'],
          [path('missing.jpg'), 'INK_FILE_UNREADABLE'],
          [SCENE, undefined],
        ],
      );
      assert.equal(lines[5].text, '407');
      for (const file of bad) assert.ok(stderr.includes(file), file);
    }));

  it('reads what is expected, from the command line or the configuration, and says what is in doubt instead of another form', () =>
    inTemporaryFolder(async (folder) => {
      const sticky = join(ROOT, 'assets/scenes/photos/05-sticky.jpg');
      const expected = await inkcast('read', '--expect', 'dddd', '--expect', 'd.d', sticky, SCENE);
      assert.equal(expected.code, 0, expected.stderr);
      assert.equal(expected.stdout, `${sticky}: 2026 / 31\n${SCENE}: no digits\n`);

      const config = join(folder, 'inkcast.yaml');
      await writeFile(config, 'camera: { source: directory, folder: . }\nreading:\n  expect: { digits: 4, rows: 1 }\n');
      const { stdout } = await inkcast('read', '--json', '--config', config, SCENE);
      const [{ text, rejected }] = linesOf(stdout);
      assert.equal(text, '');
      const unexpected = rejected.filter(({ reason }: { reason: string }) => reason === 'unexpected');
      assert.equal(unexpected.length, 3);
      const flag = await inkcast('read', '--config', config, '--expect', 'd.dd', SCENE);
      assert.equal(flag.stdout, `${SCENE}: 407\n`);

      const wrong = await inkcast('read', '--expect', 'dd h', SCENE);
      assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
      assert.match(wrong.stderr, /^INK_USAGE: "dd h" given with --expect must be/);
    }));

  it('keeps what is read with doubt for a label, once', () =>
    inTemporaryFolder(async (folder) => {
      const lamp = join(ROOT, 'assets/scenes/photos/08-lamp.jpg');
      const counts: number[] = [];
      for (let again = 0; again < 2; again++) {
        const { code, stderr } = await inkcast('read', '--keep', '--state', folder, lamp, BLANK);
        assert.equal(code, 0, stderr);
        counts.push(...[...stderr.matchAll(/: (\d+) crops? kept for a label/g)].map(([, count]) => Number(count)));
      }
      assert.equal(counts.length, 4, String(counts));
      await withTeachingIn(folder, async (teaching) => {
        const crops = await teaching.waiting(100);
        assert.ok(crops.length > 0);
        assert.deepEqual(counts, [crops.length, 0, 0, 0]);
        assert.ok(crops.every(({ origin, reason }) => origin === 'read' && reason === 'unsure'));
      });
    }));

  it('writes pictures with boxes, and refuses two that would take one name', () =>
    inTemporaryFolder(async (folder) => {
      const out = join(folder, 'boxes');
      const { code, stdout, stderr } = await inkcast('read', SCENE, BLANK, '--annotate', out);
      assert.equal(code, 0, stderr);
      assert.equal(stdout, `${SCENE}: 407\n${BLANK}: no digits\n`);
      const before = await sharp(SCENE).removeAlpha().raw().toBuffer();
      const after = await sharp(join(out, '01-note.jpg')).raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([after.info.width, after.info.height, after.info.channels], [640, 480, 3]);
      const green = after.data.filter((value, at) => at % 3 === 1 && value - before[at] < -20).length;
      assert.ok(green > 200, 'no box was drawn');
      const twin = join(folder, '01-note.jpg');
      await copyFile(SCENE, twin);
      const clash = await inkcast('read', SCENE, twin, '--annotate', out);
      assert.equal(clash.code, 2);
      assert.match(clash.stderr, /INK_USAGE: .* would both be written as 01-note\.jpg/);
    }));

  it('names a bundle that is missing or was changed, and reads nothing', () =>
    inTemporaryFolder(async (folder) => {
      const missing = await inkcast('read', SCENE, '--model', folder);
      assert.deepEqual([missing.code, missing.stdout], [1, '']);
      assert.match(missing.stderr, /^INK_BUNDLE_MISSING: /);
      const usage = await inkcast('read');
      assert.equal(usage.code, 2);
    }));
});
