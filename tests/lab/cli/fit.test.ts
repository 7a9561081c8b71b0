import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readdir, readFile, stat, symlink, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { openCheckedBundle } from '@inkcast/device/inference';
import { readFrames, type StoredFrame, VERIFIER_LABELS } from '@inkcast/lab/fit';
import { judgementOf } from '@inkcast/reader/reading';
import { decodeWeights, loadWeights, weightsHash } from '@inkcast/training/checkpoint';
import { decodeVerifierReplay } from '@inkcast/training/replay';
import { z } from 'zod';
import { LAB } from '../../support/built-programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const DIGITS = fileURLToPath(new URL('../../../models/digits', import.meta.url));
const DESK = fileURLToPath(new URL('../../../assets/scenes/negatives/17-empty-desk.jpg', import.meta.url));
/** How the networks of a bundle were rounded, as their recipes say it. */
const calibrationSchema = z.object({
  calibration: z.object({ maxWeight: z.number().optional(), roundsByError: z.boolean().optional() }),
});
const coarsenedSchema = z.object({ coarsened: z.object({ maxWeight: z.number(), frames: z.array(z.string()) }) });
const KINDS = ['--kinds', 'closeup,board'];

async function drawn(folder: string, count: number, ...more: string[]): Promise<string> {
  const out = join(folder, `${count}.frames`);
  // A thread takes longer to start than to draw so few.
  const jobs = more.includes('--jobs') ? [] : ['--jobs', '1'];
  const { code, stdout, stderr } = await lab('fit', 'frames', '--out', out, '--count', String(count), ...jobs, ...more);
  assert.equal(code, 0, stderr);
  assert.match(stdout, new RegExp(`: ${count} frames`));
  return out;
}

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await lab(...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('npm run lab -- fit', () => {
  it('says what each step does, with examples', async () => {
    for (const step of [
      'frames',
      'show-through',
      'spotter',
      'average',
      'spotter-file',
      'verifier',
      'verifier-file',
      'coarsen',
      'judgement',
      'mine',
    ]) {
      assert.match(await succeed('fit', '--help'), new RegExp(`fit ${step}`));
      const help = await succeed('fit', step, '--help');
      assert.match(help, /Examples:/, step);
      assert.match(help, /--frames|--out/, step);
    }
    assert.equal((await lab('fit')).code, 2);
  });

  it('gives the networks of a bundle coarser weights, which compress better, and no others', () =>
    inTemporaryFolder(async (folder) => {
      const frames = await drawn(folder, 2, '--seed', '5', ...KINDS);
      const bundle = join(folder, 'bundle');
      await cp(DIGITS, bundle, { recursive: true });
      const given = ['--bundle', bundle, '--frames', frames, '--max-weight', '3', '--version', '9.0.0', '--jobs', '1'];
      await succeed('fit', 'coarsen', '--networks', 'verifier', ...given);
      const [before, after] = [await openCheckedBundle(DIGITS), await openCheckedBundle(bundle)];
      assert.equal(after.manifest.version, '9.0.0');
      assert.deepEqual([after.model, after.spotters], [before.model, before.spotters]);
      assert.ok(before.verifier !== undefined && after.verifier !== undefined);
      assert.ok(deflateSync(after.verifier.model).length < 0.95 * deflateSync(before.verifier.model).length);
      const { coarsened } = coarsenedSchema.parse(after.verifier.description.recipe);
      assert.deepEqual([coarsened.maxWeight, coarsened.frames.length], [3, 1]);
    })).timeout(60_000);

  it('draws the same frames in any number of threads, and leaves nothing else beside them', () =>
    inTemporaryFolder(async (folder) => {
      const one = await readFile(await drawn(folder, 3, '--seed', '5', '--jobs', '1', ...KINDS));
      const two = await readFile(await drawn(folder, 3, '--seed', '5', '--jobs', '2', ...KINDS));
      assert.deepEqual(one, two);
      const later = await readFrames(await drawn(folder, 1, '--seed', '5', '--first', '2', ...KINDS));
      const all = await readFrames(join(folder, '3.frames'));
      assert.deepEqual(later[0], all[2]);
      assert.deepEqual((await readdir(folder)).sort(), ['1.frames', '3.frames']);
    })).timeout(60_000);

  it('shows backs through pages alone, the same ones for the same seed', () =>
    inTemporaryFolder(async (folder) => {
      const pages = await drawn(folder, 8, '--seed', '5', '--kinds', 'ruled,texture');
      const backs = await drawn(folder, 3, '--seed', '6', '--kinds', 'print,board');
      const files = ['--frames', pages, '--back', backs];
      const made = async (name: string, seed: string): Promise<string> => {
        const out = join(folder, name);
        const args = [...files, '--seed', seed, '--count', '5', '--out', out];
        assert.match(await succeed('fit', 'show-through', ...args), /: 5 frames/);
        return out;
      };
      const one = await made('one.frames', '1');
      assert.deepEqual(await readFile(await made('again.frames', '1')), await readFile(one));
      assert.notDeepEqual(await readFile(await made('other.frames', '2')), await readFile(one));
      const frames = await readFrames(one);
      assert.deepEqual([...new Set(frames.map(({ kind }) => kind))], ['ruled']);
      const marksOf = (some: readonly StoredFrame[]) => some.map(({ marks }) => JSON.stringify(marks));
      const known = new Set(marksOf(await readFrames(pages)));
      assert.ok(marksOf(frames).every((marks) => known.has(marks)));
      const names = ['3.frames', '8.frames', 'again.frames', 'one.frames', 'other.frames'];
      assert.deepEqual((await readdir(folder)).sort(), names);
    })).timeout(60_000);

  it('field report 19: leaves a device what it is, and says that it takes nothing', () =>
    inTemporaryFolder(async (folder) => {
      const out = join(folder, 'full');
      await symlink('/dev/full', out);
      const { code, stderr } = await lab('fit', 'frames', '--out', out, '--count', '1', ...KINDS);
      assert.match(stderr, /^INK_FILE_UNWRITABLE: .*full cannot be written: no space is left/m);
      assert.equal(code, 1);
      assert.ok((await stat(out)).isCharacterDevice());
      assert.deepEqual(await readdir(folder), ['full']);
    }));

  it('counts the cuts of photographs in its progress', () =>
    inTemporaryFolder(async (folder) => {
      const photographs = join(folder, 'photographs');
      await mkdir(photographs);
      await copyFile(DESK, join(photographs, 'desk.jpg'));
      const out = join(folder, 'p.frames');
      const cuts = ['--photographs', photographs, '--cuts', '2', '--count', '0'];
      const { stdout, stderr } = await lab('fit', 'frames', '--out', out, ...cuts);
      assert.match(stdout, /: 2 frames/);
      assert.match(stderr, /^2 of 2 frames/m);
    }));

  it('leaves nothing of a file that Ctrl-C ended', () =>
    inTemporaryFolder(async (folder) => {
      const changes = watch(folder, { signal: AbortSignal.timeout(50_000) });
      const child = spawn(process.execPath, [
        LAB,
        'fit',
        'frames',
        '--out',
        join(folder, 'a.frames'),
        '--count',
        '5000',
      ]);
      const said = text(child.stderr);
      for await (const { filename } of changes) if (filename?.includes('.part-1') === true) break;
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      assert.equal(code, 130);
      assert.equal(await said, 'Stopped.\n');
      assert.deepEqual(await readdir(folder), []);
    })).timeout(60_000);

  it('trains a spotter, puts it into a bundle, fits the judgement there and mines what is read wrong', () =>
    inTemporaryFolder(async (folder) => {
      const frames = await drawn(folder, 12, '--seed', '3', ...KINDS);
      const kinds = new Set((await readFrames(frames)).map(({ kind }) => kind));
      assert.deepEqual([...kinds].sort(), ['board', 'closeup']);
      const weights = join(folder, 'spotter.safetensors');
      const training = ['fit', 'spotter', '--frames', frames, '--steps', '3', '--seed', '4', '--out', weights];
      assert.match(await succeed(...training), /3 steps on cuts of \d+ frames/);
      const more = join(folder, 'more.safetensors');
      await succeed('fit', 'spotter', '--frames', frames, '--steps', '1', '--start', weights, '--out', more);
      const both = join(folder, 'both.safetensors');
      await succeed('fit', 'average', weights, more, '--share', '0.25', '--out', both);
      const [one, other, average] = await Promise.all([weights, more, both].map(loadWeights));
      for (const [name, { data }] of average.parameters) {
        const mixed = (at: number): number =>
          0.25 * (one.parameters.get(name)?.data[at] ?? Number.NaN) +
          0.75 * (other.parameters.get(name)?.data[at] ?? Number.NaN);
        for (const [at, value] of data.entries()) assert.ok(Math.abs(value - mixed(at)) < 1e-6, name);
      }
      const recipe = JSON.parse(await readFile(join(folder, 'more.recipe.json'), 'utf8'));
      assert.deepEqual(recipe.leftOut, ['board', 'scatter']);
      assert.equal(recipe.start.steps, 3);
      assert.equal(recipe.start.seed, 4);
      assert.deepEqual(recipe.start.frames, recipe.frames);

      const bundle = join(folder, 'bundle');
      await cp(DIGITS, bundle, { recursive: true });
      const rounding = ['--max-weight', '31', '--round-by-error'];
      const filing = ['fit', 'spotter-file', more, '--frames', frames, '--bundle', bundle];
      const quantized = await succeed(...filing, ...rounding);
      const { spotters } = await openCheckedBundle(bundle);
      const [{ description }] = spotters;
      assert.match(quantized, /standard spotter, [\d,]+ parameters/);
      assert.ok(description.parameters > 10_000);
      assert.equal(description.recipe.steps, 1);
      const { calibration } = calibrationSchema.parse(description.recipe);
      assert.deepEqual([calibration.maxWeight, calibration.roundsByError], [31, true]);

      // After three steps a spotter finds nothing, so the judgement is fitted with the shipped spotter.
      const judged = join(folder, 'judged');
      await cp(DIGITS, judged, { recursive: true });
      const fitting = ['fit', 'judgement', '--bundle', judged, '--frames', frames, '--version', '9.8.7', '--report'];
      const printed = await succeed(...fitting);
      assert.match(printed, /chosen/);
      assert.match(printed, /local feature/);
      const opened = await openCheckedBundle(judged);
      assert.equal(opened.manifest.version, '9.8.7');
      const judgement = judgementOf(opened);
      assert.ok(judgement.local.trees.length > 0);
      assert.ok(judgement.minDoubt <= judgement.minConfidence);

      const hard = join(folder, 'hard.frames');
      const mined = await succeed('fit', 'mine', '--bundle', judged, '--frames', frames, '--out', hard);
      const kept = Number(/: (\d+) of 12 frames/.exec(mined)?.[1]);
      assert.equal((await readFrames(hard)).length, kept);
    })).timeout(240_000);

  it('trains a verifier on what the spotter finds, and puts it into a bundle', () =>
    inTemporaryFolder(async (folder) => {
      const frames = await drawn(folder, 10, '--seed', '3', '--kinds', 'form,print,table');
      const bundle = join(folder, 'bundle');
      await cp(DIGITS, bundle, { recursive: true });
      const weights = join(folder, 'verifier.safetensors');
      const training = ['fit', 'verifier', '--bundle', bundle, '--frames', frames, '--steps', '3', '--out', weights];
      assert.match(await succeed(...training), /3 steps on \d+ pictures/);
      const { labels } = await loadWeights(weights);
      assert.deepEqual(labels, VERIFIER_LABELS);
      const more = join(folder, 'more.safetensors');
      const going = ['--steps', '1', '--start', weights, '--seed', '5', '--out', more];
      await succeed('fit', 'verifier', '--bundle', bundle, '--frames', frames, ...going);
      const recipe = JSON.parse(await readFile(join(folder, 'more.recipe.json'), 'utf8'));
      assert.deepEqual([recipe.steps, recipe.start.steps], [1, 3]);
      assert.deepEqual(recipe.start.frames, recipe.frames);
      const before = await openCheckedBundle(bundle);
      const filing = ['fit', 'verifier-file', weights, '--frames', frames, '--bundle', bundle];
      const printed = await succeed(...filing, '--max-weight', '63');
      assert.match(printed, /verifier, [\d,]+ parameters/);
      const { verifier, spotters, judgement } = await openCheckedBundle(bundle);
      assert.equal(verifier?.description.recipe.steps, 3);
      const { calibration } = calibrationSchema.parse(verifier.description.recipe);
      assert.deepEqual([calibration.maxWeight, calibration.roundsByError], [63, undefined]);
      assert.deepEqual([verifier.description.labels, verifier.description.window], [VERIFIER_LABELS, 1.8]);
      assert.deepEqual([spotters, judgement], [before.spotters, before.judgement]);
      const { learning } = verifier;
      const kept = decodeWeights(learning?.weights ?? new Uint8Array(), 'weights');
      assert.equal(weightsHash(kept.parameters), weightsHash((await loadWeights(weights)).parameters));
      const { learn, check, negatives } = decodeVerifierReplay(learning?.replay ?? new Uint8Array(), 'replay');
      for (const { shape, classes } of [learn, check, negatives]) {
        assert.deepEqual([shape, classes], [[48, 48, 1], VERIFIER_LABELS]);
      }
      assert.ok(learn.labels.length > 10 && check.labels.length > 0);
      assert.ok(negatives.labels.every((label) => label >= 10));

      const blank = await drawn(folder, 2, '--kinds', 'texture');
      const nothing = await lab(
        'fit',
        'verifier',
        '--bundle',
        bundle,
        '--frames',
        blank,
        '--steps',
        '3',
        '--out',
        weights,
      );
      assert.match(nothing.stderr, /INK_DATASET_INVALID: The frames show nothing of the kind "digit"/);
      assert.equal(nothing.code, 1);
    })).timeout(120_000);

  it('says what is wrong, and changes nothing then', () =>
    inTemporaryFolder(async (folder) => {
      const out = join(folder, 'out');
      const cases: [number, RegExp, string[]][] = [
        [2, /no kind "poster"/, ['frames', '--out', out, '--kinds', 'poster']],
        [2, /--count must be a number, and not "many"/, ['frames', '--out', out, '--count', 'many']],
        [1, /There is no folder nowhere/, ['frames', '--out', out, '--count', '0', '--photographs', 'nowhere']],
        [1, /INK_FILE_UNREADABLE: nowhere/, ['spotter', '--frames', 'nowhere', '--out', out]],
        [1, /INK_FILE_UNREADABLE: nowhere/, ['show-through', '--frames', 'nowhere', '--back', 'nowhere', '--out', out]],
        [2, /--rate must be above 0/, ['spotter', '--frames', 'nowhere', '--out', out, '--rate', '0']],
        [1, /INK_FILE_UNREADABLE/, ['average', 'nowhere', 'nowhere', '--out', out]],
        [2, /--share must be from 0 to 1/, ['average', 'nowhere', 'nowhere', '--out', out, '--share', '2']],
        [1, /INK_FILE_UNREADABLE/, ['verifier', '--bundle', DIGITS, '--frames', 'nowhere', '--out', out]],
        [2, /--rate must be above 0/, ['verifier', '--bundle', DIGITS, '--frames', out, '--out', out, '--rate', '-1']],
        [1, /INK_FILE_UNREADABLE/, ['verifier-file', 'nowhere', '--bundle', DIGITS, '--frames', out]],
        [1, /INK_FILE_UNREADABLE/, ['mine', '--bundle', DIGITS, '--frames', 'nowhere', '--out', out]],
        [1, /INK_FILE_UNREADABLE/, ['judgement', '--bundle', DIGITS, '--frames', 'nowhere']],
      ];
      for (const [exit, words, args] of cases) {
        const { code, stderr } = await lab('fit', ...args);
        assert.match(stderr, words);
        assert.equal(code, exit, stderr);
      }
      const broken = join(folder, 'broken.frames');
      await writeFile(broken, Buffer.from([2, 0, 0, 0, 0x7b, 0x7d, 0, 0]));
      assert.match((await lab('fit', 'spotter', '--frames', broken, '--out', out)).stderr, /INK_DATASET_INVALID/);
      const digits = await drawn(folder, 2, '--kinds', 'closeup');
      const pageless = await lab('fit', 'show-through', '--frames', digits, '--back', digits, '--out', out);
      assert.match(pageless.stderr, /INK_DATASET_INVALID: No frame of .* is of the kinds lines, ruled,/);
      assert.equal(pageless.code, 1);
      const leftOut = await lab('fit', 'spotter', '--frames', digits, '--left-out', 'closeup', '--out', out);
      assert.match(leftOut.stderr, /All frames are of kinds that are left out/);
      const bundle = join(folder, 'bundle');
      await cp(DIGITS, bundle, { recursive: true });
      const before = await readFile(join(bundle, 'manifest.json'));
      const none = await lab('fit', 'judgement', '--bundle', bundle, '--frames', digits);
      assert.match(none.stderr, /No digit is seen in frames of the kinds left out \(board, scatter\)/);
      assert.deepEqual(await readFile(join(bundle, 'manifest.json')), before);
      await assert.rejects(stat(out));
    })).timeout(60_000);
});
