import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INKCAST_TRAIN } from '../../support/built-programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { CommandProcess, type CommandResult, inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

const withData = (work: (data: string, folder: string) => Promise<void>) =>
  inTemporaryFolder(async (folder) => {
    await writeTinyData(folder);
    await work(folder, folder);
  });

function succeeded(result: CommandResult): CommandResult {
  assert.equal(result.code, 0, result.stderr);
  return result;
}

const summaryOf = async (run: string) => JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));

describe('inkcast-train train', () => {
  it('trains, prints its results and writes a run folder', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      const { stdout, stderr } = succeeded(
        await inkcastTrain(
          ...tinyTraining(data),
          '--epochs',
          '12',
          '--lr',
          '0.003',
          '--validation',
          '0.25',
          '--out',
          run,
        ),
      );
      assert.match(stderr, /epoch 12\/12: loss .* validation loss/);
      assert.match(stdout, /test: accuracy 100\.00 %/);
      assert.deepEqual((await readdir(run)).sort(), [
        'checkpoints',
        'history.csv',
        'history.json',
        'recipe.yaml',
        'run.json',
        'weights.safetensors',
      ]);
      const summary = await summaryOf(run);
      assert.equal(summary.test.accuracy, 1);
      assert.deepEqual(summary.dataset.validation, 24);
      const history = JSON.parse(await readFile(join(run, 'history.json'), 'utf8'));
      assert.equal(history.length, 12);
      const csv = (await readFile(join(run, 'history.csv'), 'utf8')).split('\n');
      assert.match(csv[0], /^epoch,step,learningRate,loss,accuracy,validationLoss,/);
      assert.equal(csv.length, 14);
    }));

  it('draws the curves of the test pictures on request, for looking only', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      const options = ['--epochs', '1', '--threads', '1', '--validation', 'test', '--out', run];
      const { stderr } = succeeded(await inkcastTrain(...tinyTraining(data), ...options));
      assert.match(stderr, /^Each epoch is scored on the test pictures\. Only look at these curves/m);
      assert.match(stderr, /^epoch 1\/1: .*, test loss \d\.\d{4}, accuracy /m);
      const { test, validation, dataset } = await summaryOf(run);
      assert.deepEqual([validation, dataset.train, dataset.validation, dataset.test], [null, 96, 0, 30]);
      const last = JSON.parse(await readFile(join(run, 'history.json'), 'utf8')).at(-1);
      assert.deepEqual([last.validationLoss, last.validationAccuracy], [test.loss, test.accuracy]);

      // The curves change nothing: the weights are those of a run that does not look.
      const blind = join(folder, 'blind');
      succeeded(await inkcastTrain(...tinyTraining(data), '--epochs', '1', '--threads', '1', '--out', blind));
      assert.equal((await summaryOf(blind)).weightsSha256, (await summaryOf(run)).weightsSha256);
    }));

  it('chooses nothing by the test pictures', () =>
    withData(async (data, folder) => {
      const onTest = ['--validation', 'test', '--out', join(folder, 'run')];
      const early = await inkcastTrain(...tinyTraining(data), ...onTest, '--early-stopping', '2');
      assert.equal(early.code, 2);
      assert.match(
        early.stderr,
        /earlyStopping needs pictures .*, and validation on the test pictures is for looking only/,
      );
      const search = await inkcastTrain('tune', 'lenet', '--data', data, ...onTest);
      assert.equal(search.code, 2);
      assert.match(search.stderr, /A search needs validation pictures, but validation is test\./);
      const [images] = ['train-images-idx3-ubyte'].map((name) => join(data, name));
      const untested = await inkcastTrain('train', 'lenet', '--data', images, '--test', '0', ...onTest);
      assert.equal(untested.code, 1);
      assert.match(untested.stderr, /INK_DATASET_INVALID: .* has no test pictures to draw the curves of/);
    }));

  it('warns of inverted pictures and of classes with few, in training, in data stats and in evaluate', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      // It learns next to nothing, so that evaluate has a model to warn of.
      const options = ['--epochs', '1', '--threads', '1', '--lr', '1e-7', '--out', run];
      const trained = await inkcastTrain(...tinyTraining(data), ...options);
      assert.match(
        trained.stderr,
        /^Warning: These classes have fewer than 10 .*: "3" \(0\), "4" \(0\), .* and 2 more\.$/m,
      );
      assert.doesNotMatch(trained.stderr, /inverted/);

      const inverted = join(folder, 'inverted');
      await writeTinyData(inverted, { test: 150, paper: 255 });
      const stats = succeeded(await inkcastTrain('data', 'stats', inverted));
      assert.match(stats.stderr, /^Warning: The pictures of .* look inverted: /m);
      assert.match(stats.stderr, /^Warning: These classes have fewer than 10 /m);
      const evaluated = succeeded(await inkcastTrain('evaluate', run, '--data', inverted));
      assert.match(evaluated.stderr, /^Warning: The model is no better than chance on .*\. Look at the pictures with/m);
      assert.match(evaluated.stderr, /^Warning: The pictures of .* look inverted: /m);
    }));

  it('field report 23: ends with a message and exit code 1 if nothing was learned, and keeps the run', () =>
    withData(async (data, folder) => {
      for (const [rate, epochs] of [
        ['1000', '2'],
        ['30', '2'],
      ]) {
        const run = join(folder, `rate-${rate}`);
        const options = ['--epochs', epochs, '--lr', rate, '--out', run];
        const { code, stdout, stderr } = await inkcastTrain(...tinyTraining(data), ...options);
        assert.match(stderr, /^INK_NOTHING_LEARNED: The network is no better than chance: accuracy .* Lower the/m);
        assert.equal(code, 1);
        assert.match(stdout, /^test: accuracy /m);
        assert.equal((await summaryOf(run)).test.images, 30);
      }
    }));

  it('field report 23: reports when it needs more memory than available', () =>
    withData(async (data, folder) => {
      const large = [
        '--width',
        '4',
        '--batch',
        '4096',
        '--threads',
        '1',
        '--epochs',
        '1',
        '--out',
        join(folder, 'run'),
      ];
      const limit = { memoryKilobytes: 6_000_000 };
      const { code, stderr } = await new CommandProcess(['train', 'lenet', '--data', data, ...large], limit).result();
      assert.match(
        stderr,
        /^INK_OUT_OF_MEMORY: Network "lenet" in batches of 4096 needs [\d.]+ GiB; .* smaller batch/m,
      );
      assert.equal(code, 1);
    }));

  it('gives the same weights for the same seed on one thread and on two, and others for another seed', () =>
    withData(async (data, folder) => {
      const hash = async (name: string, ...options: string[]) => {
        const run = join(folder, name);
        succeeded(await inkcastTrain(...tinyTraining(data), '--epochs', '2', '--augment', '--out', run, ...options));
        return (await summaryOf(run)).weightsSha256;
      };
      const one = await hash('one', '--threads', '1');
      assert.equal(await hash('two', '--threads', '2'), one);
      assert.notEqual(await hash('other', '--seed', '2'), one);
    }));

  it('trains from a recipe that it wrote', () =>
    withData(async (data, folder) => {
      const first = join(folder, 'first');
      succeeded(await inkcastTrain(...tinyTraining(data), '--epochs', '2', '--seed', '7', '--out', first));
      const again = join(folder, 'again');
      succeeded(await inkcastTrain('train', '--recipe', join(first, 'recipe.yaml'), '--out', again));
      assert.equal((await summaryOf(again)).weightsSha256, (await summaryOf(first)).weightsSha256);
    }));

  it('refuses a number of threads that there cannot be before it makes a run', () =>
    withData(async (data, folder) => {
      for (const threads of ['0', '-1', '1.5']) {
        const { code, stderr } = await inkcastTrain(
          ...tinyTraining(data),
          '--threads',
          threads,
          '--out',
          join(folder, 'run'),
        );
        assert.equal(code, 2);
        assert.match(stderr, /--threads must be a whole number from 1 on, and not/);
      }
      assert.ok(!(await readdir(folder)).includes('run'));
    }));

  it('stops early if the validation does not improve', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      const options = ['--epochs', '40', '--validation', '0.25', '--early-stopping', '2', '--lr', '0.3'];
      succeeded(await inkcastTrain(...tinyTraining(data), ...options, '--out', run));
      const summary = await summaryOf(run);
      assert.equal(summary.ended, 'early');
      assert.ok(summary.epochs < 40);
      // Resuming what has ended changes nothing.
      succeeded(await inkcastTrain('train', '--resume', run));
      assert.equal((await summaryOf(run)).weightsSha256, summary.weightsSha256);
    }));

  it('draws a bar with epoch, step, time left, loss, accuracy and speed on a terminal', () =>
    withData(async (data, folder) => {
      const command = [
        'node',
        INKCAST_TRAIN,
        ...tinyTraining(data),
        '--epochs',
        '2',
        '--out',
        join(folder, 'run'),
      ].join(' ');
      // A pseudo-terminal from util-linux.
      const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', input: '' });
      assert.equal(status, 0, stdout);
      assert.match(
        stdout,
        /epoch 1\/2 #+\.* \d\/6 {2}\d+:\d\d left {2}loss \d\.\d{4}, accuracy \d+\.\d\d %, \d+ images\/s/,
      );
    }));

  const refusals: [string, string[], number, RegExp][] = [
    [
      'an unknown model',
      ['train', 'resnet'],
      2,
      /^INK_MODEL_UNKNOWN: There is no model "resnet"\. The models are lenet/,
    ],
    ['an unknown option', ['train', 'lenet', '--speed', '9'], 2, /^INK_USAGE: There is no option --speed here;/],
    ['an unknown command', ['trian'], 2, /^INK_USAGE: /],
    ['no command', [], 2, /^INK_USAGE: A command is missing\./],
    ['a wrong value', ['train', '--epochs', '0'], 2, /^INK_RECIPE_INVALID: The command line: epochs is 0: /],
    ['a missing recipe', ['train', '--recipe', 'none.yaml'], 1, /^INK_FILE_UNREADABLE: none\.yaml/],
    ['missing data', ['train', '--data', 'nowhere'], 1, /^INK_DATASET_MISSING: There is no data set "nowhere"/],
    ['a run that is none', ['train', '--resume', 'nowhere'], 1, /^INK_RUN_MISSING: nowhere/],
    ['another word for the validation', ['train', '--validation', 'tset'], 2, /validation is "tset": must be a share/],
    ['early stopping without validation', ['train', '--early-stopping', '2'], 2, /earlyStopping needs pictures/],
    ['an option beside --resume', ['train', '--resume', 'x', '--epochs', '3'], 2, /^INK_USAGE: .*"epochs"/],
  ];
  for (const [what, args, code, message] of refusals) {
    it(`refuses ${what} with exit code ${code} and one coded line`, async () => {
      const result = await inkcastTrain(...args);
      assert.equal(result.code, code, result.stderr);
      assert.match(result.stderr, message);
      assert.equal(result.stderr.trimEnd().split('\n').length, 1);
    });
  }

  it('refuses a folder that holds a run, and leaves the run as it is', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      succeeded(await inkcastTrain(...tinyTraining(data), '--epochs', '1', '--out', run));
      const before = await summaryOf(run);
      const again = await inkcastTrain(...tinyTraining(data), '--epochs', '1', '--out', run);
      assert.equal(again.code, 1);
      assert.match(again.stderr, /INK_FILE_UNWRITABLE: .* holds a run already\. Continue it with --resume/);
      assert.deepEqual(await summaryOf(run), before);
    }));

  it('stops with the name of the layer if a value is not a number, and keeps the last good checkpoint', () =>
    withData(async (data, folder) => {
      const run = join(folder, 'run');
      const result = await inkcastTrain(...tinyTraining(data), '--epochs', '3', '--lr', '1e30', '--out', run);
      assert.equal(result.code, 1);
      assert.match(result.stderr, /INK_TRAINING_DIVERGED: The (output|gradient) of layer "\w+" is not finite in step/);
    }));
});
