import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { explanationSchema } from '@inkcast/shared/explanation';
import sharp from 'sharp';
import { findProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast, ROOT } from '../support/command.js';

const SCENE = join(ROOT, 'assets/scenes/photos/03-sums.jpg');
const BLANK = join(ROOT, 'assets/scenes/negatives/16-blank.jpg');
const WORDS = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200"><rect width="640" height="200" fill="white"/>
<text x="20" y="80" font-family="DejaVu Sans" font-size="48">What the fox saw</text>
<text x="20" y="160" font-family="DejaVu Sans" font-size="48">Zebras gaze below</text></svg>`;
const CHROMIUM = findProgram('chromium');

const explanationIn = async (folder: string, name: string) =>
  explanationSchema.parse(JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')));

describe('inkcast read --explain', () => {
  it('writes all that was looked at, beside what read --json and --annotate give', () =>
    inTemporaryFolder(async (folder) => {
      const out = join(folder, 'why');
      const large = join(folder, 'large.png');
      await sharp(SCENE).resize({ width: 1920 }).png().toFile(large);
      const options = ['--json', '--explain', out, '--annotate', join(folder, 'boxes')];
      const words = join(folder, 'words.png');
      await sharp(Buffer.from(WORDS)).png().toFile(words);
      const { code, stdout, stderr } = await inkcast('read', SCENE, large, BLANK, words, ...options);
      assert.equal(code, 0, stderr);
      const reports = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual((await readdir(join(folder, 'boxes'))).length, 4);
      const names = ['03-sums.jpg', 'large.png', '16-blank.jpg', 'words.png'];
      for (const [index, name] of names.entries()) {
        const report = reports[index];
        const explanation = await explanationIn(out, name);
        assert.deepEqual(
          [explanation.file, explanation.width, explanation.height, explanation.text, explanation.rows],
          [report.file, report.width, report.height, report.text, report.rows],
        );
        assert.deepEqual(
          explanation.candidates
            .filter(({ outcome }) => outcome === 'read')
            .map(({ box, digit, confidence }) => ({ digit, confidence, box })),
          report.digits.map(({ digit, confidence, box }: Record<string, unknown>) => ({ digit, confidence, box })),
        );
        for (const { box, rule, value, limit } of report.rejected) {
          const found = explanation.candidates.some(
            (other) =>
              String(other.box) === String(box) &&
              other.rule === rule &&
              other.value === value &&
              other.limit === limit,
          );
          assert.ok(found, `${rule} at ${box}`);
        }
        assert.ok(explanation.spotter.heatMaps.length >= 4);
      }
      const refused: readonly Record<string, number>[] = reports[3].rejected;
      assert.ok(refused.length > 0, 'of printed words something is looked at and not read');
      for (const { value, limit } of refused) assert.ok(value < limit, `${value} and ${limit}`);
    }));

  it('writes crops and ink as pictures of the size that they name', () =>
    inTemporaryFolder(async (folder) => {
      await inkcast('read', SCENE, '--explain', folder);
      const { candidates, ink, picture, labels } = await explanationIn(folder, '03-sums.jpg');
      const sizeOf = async (url: string) => {
        const { width, height } = await sharp(Buffer.from(url.split(',')[1], 'base64')).metadata();
        return { width, height };
      };
      assert.deepEqual(await sizeOf(picture), { width: 640, height: 480 });
      for (const { width, height, picture: map } of ink) assert.deepEqual(await sizeOf(map), { width, height });
      assert.ok(candidates.length > 0);
      for (const { crop, probabilities } of candidates) {
        assert.deepEqual(await sizeOf(crop), { width: 28, height: 28 });
        assert.equal(probabilities.length, labels.length);
      }
    }));

  it('writes a page that names nothing outside of itself, whatever a file is called', () =>
    inTemporaryFolder(async (folder) => {
      const name = `<b onload="x()">&'.jpg`;
      await copyFile(SCENE, join(folder, name));
      await inkcast('read', join(folder, name), '--explain', folder);
      const page = await readFile(join(folder, `${name}.html`), 'utf8');
      assert.ok(page.includes('<title>&lt;b onload=&quot;x()&quot;&gt;&amp;&#39;.jpg</title>'));
      assert.ok(!page.includes('<b onload'));
      assert.doesNotMatch(page, /https?:|<script|url\(|@import/);
      const targets = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target);
      assert.ok(targets.length > 20, `${targets.length} targets`);
      for (const target of targets) assert.match(target, /^(data:image\/|#(box|candidate)-\d+$)/);
      const ids = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => `#${id}`));
      assert.deepEqual(
        targets.filter((target) => target.startsWith('#') && !ids.has(target)),
        [],
      );
    }));

  it('keeps pages of pictures apart that have one name, and names both files of each alike', () =>
    inTemporaryFolder(async (folder) => {
      for (const part of ['a', 'b', 'c']) await mkdir(join(folder, part));
      await copyFile(SCENE, join(folder, 'a/1.jpg'));
      await copyFile(BLANK, join(folder, 'b/1.jpg'));
      await copyFile(BLANK, join(folder, 'c/2.jpg'));
      const files = ['a/1.jpg', 'b/1.jpg', 'c/2.jpg'].map((name) => join(folder, name));
      const out = join(folder, 'out');
      const { code, stderr } = await inkcast('read', ...files, files[0], '--explain', out);
      assert.equal(code, 0, stderr);
      const written = (await readdir(out)).sort();
      assert.equal(written.length, 6, String(written));
      assert.ok(written.includes('2.jpg.html') && written.includes('2.jpg.json'));
      const ones = written.filter((name) => /^1\.jpg-[0-9a-f]+\.json$/.test(name));
      const explained = await Promise.all(ones.map((name) => explanationIn(out, name.replace(/\.json$/, ''))));
      assert.deepEqual(new Set(explained.map(({ file }) => file)), new Set(files.slice(0, 2)));
    }));

  it('writes nothing for what is no picture, and names a folder that cannot be written to', () =>
    inTemporaryFolder(async (folder) => {
      const bad = join(folder, 'bad.jpg');
      await writeFile(bad, 'no picture');
      const out = join(folder, 'out');
      const { code, stdout } = await inkcast('read', bad, BLANK, '--json', '--explain', out);
      assert.equal(code, 1);
      assert.deepEqual(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).error?.code),
        ['INK_IMAGE_UNREADABLE', undefined],
      );
      assert.deepEqual((await readdir(out)).sort(), ['16-blank.jpg.html', '16-blank.jpg.json']);
      const blocked = await inkcast('read', BLANK, '--explain', bad);
      assert.equal(blocked.code, 1);
      assert.match(blocked.stderr, /^INK_FILE_UNWRITABLE: /);
      const without = await inkcast('read', BLANK, '--explain');
      assert.equal(without.code, 2);
    }));

  it('places what it saw in a region in the whole picture', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'inkcast.yaml');
      await writeFile(
        config,
        'camera: { source: directory, folder: . }\nvision: { regionOfInterest: { x: 0.25, y: 0.35, width: 0.5, height: 0.3 } }\n',
      );
      const { code, stdout, stderr } = await inkcast('read', SCENE, '--json', '--config', config, '--explain', folder);
      assert.equal(code, 0, stderr);
      const [report] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.equal(report.text, '345');
      const { view, candidates } = await explanationIn(folder, '03-sums.jpg');
      assert.deepEqual(view, { width: 320, height: 144 });
      assert.deepEqual(
        candidates.filter(({ outcome }) => outcome === 'read').map(({ box }) => box),
        report.digits.map(({ box }: { box: number[] }) => box),
      );
    }));

  it('writes a page that Chromium shows without fetching or complaining', async function () {
    if (CHROMIUM === undefined) return this.skip();
    this.timeout(60_000);
    await inTemporaryFolder(async (folder) => {
      await inkcast('read', SCENE, '--explain', folder);
      const { stdout, stderr } = await promisify(execFile)(
        CHROMIUM,
        [
          ...[
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--enable-logging=stderr',
            `--user-data-dir=${folder}/profile`,
          ],
          ...['--host-resolver-rules=MAP * ~NOTFOUND', '--dump-dom'],
          pathToFileURL(join(folder, '03-sums.jpg.html')).href,
        ],
        { maxBuffer: 64 * 1024 * 1024 },
      );
      assert.match(stdout, /<title>03-sums\.jpg<\/title>/);
      assert.match(stdout, /id="candidate-1"[\s\S]*<\/html>/);
      assert.doesNotMatch(stderr, /CONSOLE/);
    });
  });
});
