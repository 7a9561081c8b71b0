import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine as readOnDevice } from '@inkcast/device/cli';
import sharp from 'sharp';
import { runInProcess } from '../../support/run-in-process.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { CommandProcess, inkcastTrain } from '../support/command.js';
import { writePhotographs } from '../support/photographs.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

describe('inkcast-train', () => {
  let trained: string;

  before(async () => {
    trained = await mkdtemp(join(tmpdir(), 'inkcast-trained-'));
    await writeTinyData(trained);
    const options = ['--epochs', '12', '--lr', '0.003', '--validation', '0.25', '--out', join(trained, 'run')];
    const { code, stderr } = await inkcastTrain(...tinyTraining(trained), ...options);
    assert.equal(code, 0, stderr);
  });
  after(() => rm(trained, { recursive: true }));

  /** Runs `work` with a copy of a run that was trained on tiny data, and with the folder of those. */
  const withRun = (work: (run: string, data: string) => Promise<void>) =>
    inTemporaryFolder(async (folder) => {
      const run = join(folder, 'run');
      await cp(join(trained, 'run'), run, { recursive: true });
      await work(run, trained);
    });

  it('evaluate prints one JSON object that agrees with the run', () =>
    withRun(async (run, data) => {
      const { code, stdout, stderr } = await inkcastTrain('evaluate', run, '--data', data, '--json');
      assert.equal(code, 0, stderr);
      const score = JSON.parse(stdout);
      const { test } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));
      assert.equal(score.model, 'lenet');
      assert.equal(score.images, 30);
      assert.deepEqual(
        [score.accuracy, score.perClass, score.confusion],
        [test.accuracy, test.perClass, test.confusion],
      );
      assert.ok(Math.abs(score.loss - test.loss) < 1e-6);
      const table = await inkcastTrain('evaluate', join(run, 'weights.safetensors'), '--data', data);
      assert.match(table.stdout, /lenet on .*: accuracy 100\.00 %, loss [\d.]+ over 30 pictures/);
    }));

  it('evaluate refuses weights that are damaged, and pictures of another size', () =>
    withRun(async (run) => {
      const size = await inkcastTrain('evaluate', run, '--data', 'mnist');
      assert.equal(size.code, 1);
      assert.match(size.stderr, /INK_DATASET_INVALID: The pictures of mnist are 28x28, and lenet takes 12x12/);
      const weights = join(run, 'weights.safetensors');
      const bytes = await readFile(weights);
      bytes[bytes.length - 1] ^= 1;
      await writeFile(weights, bytes);
      const damaged = await inkcastTrain('evaluate', run);
      assert.equal(damaged.code, 1);
      assert.match(damaged.stderr, /INK_CHECKPOINT_INVALID: .*weights\.safetensors is damaged/);
    }));

  it('report prints the epochs and writes curves and confusion matrix as SVG and PNG', () =>
    withRun(async (run) => {
      const { code, stdout, stderr } = await inkcastTrain('report', run);
      assert.equal(code, 0, stderr);
      assert.ok(stdout.endsWith(`page: ${join(run, 'report', 'report.html')}\n`), stdout);
      assert.equal(stdout.match(/^ +\d+ +\d\.\d{4} +\d+\.\d\d %/gm)?.length, 12, stdout);
      const svg = await readFile(join(run, 'report', 'curves.svg'), 'utf8');
      assert.match(svg, /^<svg/);
      for (const text of ['loss', 'accuracy', 'training', 'validation', 'epoch']) assert.ok(svg.includes(text), text);
      for (const chart of ['curves', 'confusion']) {
        const { format, width = 0 } = await sharp(join(run, 'report', `${chart}.png`)).metadata();
        assert.equal(format, 'png');
        assert.ok(width > 400);
      }
    }));

  it('predict classifies good pictures and reports bad ones', () =>
    inTemporaryFolder(async (folder) => {
      const run = join(folder, 'run');
      await writeTinyData(folder, { side: 28 });
      const trained = await inkcastTrain(...tinyTraining(folder), '--epochs', '1', '--out', run);
      assert.equal(trained.code, 0, trained.stderr);
      const picture = join(folder, 'a.png');
      await writeFile(join(folder, 'b.png'), 'no picture');
      await sharp({ create: { width: 40, height: 40, channels: 3, background: 'white' } })
        .png()
        .toFile(picture);
      const { code, stdout, stderr } = await inkcastTrain(
        ...['predict', join(folder, 'b.png'), picture, join(folder, 'c.png')],
        ...['--model', run, '--json'],
      );
      assert.equal(code, 1);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines.map((line) => line.error?.code),
        ['INK_IMAGE_UNREADABLE', undefined, 'INK_FILE_UNREADABLE'],
      );
      assert.match(stderr, /b\.png/);
      assert.equal(lines[1].file, picture);
      assert.ok(lines[1].confidence > 0.1 && lines[1].confidence <= 1);
    }));

  it('field report 22: predict processes photographs as the device does, and so do folders of them', () =>
    inTemporaryFolder(async (folder) => {
      const photographs = await writePhotographs(folder);
      const paths = photographs.map(({ path }) => path);
      const digits = photographs.map(({ digit }) => digit);
      const read = await runInProcess(readOnDevice, ['read', '--json', ...paths]);
      const lines = (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines(read.stdout).map(({ text }) => text),
        digits,
      );
      const predicted = await inkcastTrain('predict', '--json', ...paths);
      assert.deepEqual(
        lines(predicted.stdout).map(({ label }) => label),
        digits,
      );
      const { stdout } = await inkcastTrain('evaluate', 'models/digits', '--data', folder, '--json');
      const { images, accuracy } = JSON.parse(stdout);
      assert.deepEqual([images, accuracy], [10, 1]);
    }));

  it('field report 22: predict is a process that uses the device’s reader', () =>
    inTemporaryFolder(async (folder) => {
      const [, , , { path }] = await writePhotographs(folder);
      const { code, stdout, stderr } = await new CommandProcess(['predict', path]).result();
      assert.deepEqual([code, stdout.replace(/\(.*\n/, '')], [0, `${path}: 3 `], stderr);
    }));

  it('predict refuses a model for pictures of another size', () =>
    withRun(async (run) => {
      const { code, stderr } = await inkcastTrain('predict', 'a.png', '--model', run);
      assert.equal(code, 1);
      assert.match(stderr, /INK_DATASET_INVALID: .* takes pictures of 12x12, and digits are 28x28/);
    }));

  it('data stats and data preview show a data set', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const stats = await inkcastTrain('data', 'stats', folder, '--json');
      const { pictures, width, classes } = JSON.parse(stats.stdout);
      assert.deepEqual([pictures, width, classes.length], [96, 12, 10]);
      const out = join(folder, 'sheet.png');
      const preview = await inkcastTrain('data', 'preview', folder, '--out', out, '--columns', '5', '--augment');
      assert.equal(preview.code, 0, preview.stderr);
      const metadata = await sharp(out).metadata();
      assert.deepEqual([metadata.width, metadata.height], [5 * 28 + 4, 10 * 28 + 4]);
    }));

  it('models lists every model with its cost', async () => {
    const { stdout } = await inkcastTrain('models', '--json');
    const lenet = JSON.parse(stdout).find((model: { name: string }) => model.name === 'lenet');
    assert.equal(lenet.parameters, 225_034);
    assert.match((await inkcastTrain('models')).stdout, /lenet +225,034/);
  });

  it('has help with examples for every command', async () => {
    const { code, stdout } = await inkcastTrain('--help');
    assert.equal(code, 0);
    const commands = [...stdout.matchAll(/^ {2}inkcast-train (\w+)/gm)].map(([, name]) => [name]);
    assert.ok(commands.length >= 8);
    const withActions = commands.flatMap(([name]) =>
      name === 'data'
        ? [
            ['data', 'stats'],
            ['data', 'preview'],
          ]
        : [[name]],
    );
    for (const command of withActions) {
      const help = await inkcastTrain(...command, '--help');
      assert.equal(help.code, 0);
      assert.match(help.stdout, /Examples:/, command.join(' '));
    }
  });

  it('is a process with exit codes and errors on standard error', async () => {
    const version = await new CommandProcess(['--version']).result();
    assert.equal(version.code, 0);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    const wrong = await new CommandProcess(['train', '--nothing']).result();
    assert.equal(wrong.code, 2);
    assert.equal(wrong.stdout, '');
    assert.match(wrong.stderr, /^INK_USAGE: There is no option --nothing here\. /);
  });
});
