import assert from 'node:assert/strict';
import { join } from 'node:path';
import { explainPicture, explanationPage, FrameRecorder } from '@inkcast/device/explanation';
import { assembleReading, type JudgedHypothesis } from '@inkcast/reader/reading';
import type { InkMap, Mosaic } from '@inkcast/reader/vision';
import { explanationSchema } from '@inkcast/shared/explanation';
import sharp from 'sharp';
import { spotMap } from '../../reader/inference/support/spot-map.js';
import { inRow, judged } from '../../reader/reading/support/judged.js';
import { ROOT } from '../support/command.js';

const SIZE = { width: 160, height: 120 };
const MOSAIC: Mosaic = {
  ...{ width: 160, height: 192, gray: new Uint8Array(160 * 192) },
  tiles: [
    { scale: 1, x: 0, y: 0, width: 160, height: 120 },
    { scale: 2, x: 0, y: 128, width: 80, height: 60 },
  ],
};

/** The files for a frame that `record` describes. */
async function explained(record: (recorder: FrameRecorder) => void) {
  const recorder = new FrameRecorder();
  record(recorder);
  const explanation = await explainPicture({
    file: join(ROOT, 'assets/scenes/photos/01-note.jpg'),
    original: { width: 320, height: 240 },
    reduced: SIZE,
    view: SIZE,
    model: 'digits@1.0.0',
    labels: [...'0123456789', 'none'],
    reading: { text: '', rows: [] },
    recorded: recorder,
    place: ({ x, y, width, height }) => [2 * x, 2 * y, 2 * width, 2 * height],
  });
  return explanationSchema.parse(JSON.parse(JSON.stringify(explanation)));
}

async function pixelsOf(picture: string) {
  const png = sharp(Buffer.from(picture.split(',')[1], 'base64'));
  const { data, info } = await png.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('an explanation', () => {
  const [left, right] = inRow([10, 50], 40);
  const assembled = (chosen: readonly JudgedHypothesis[], others: readonly JudgedHypothesis[]) =>
    explained((observer) => assembleReading({ chosen, others }, { minConfidence: 0.6, minDoubt: 0.2 }, { observer }));

  it('says what was read, and what judged the others, in numbers', async () => {
    const { candidates, ...rest } = await assembled(
      [judged(4, 0.75, left), judged(7, 0.31, right)],
      [judged(1, 0.4, { ...left, width: 24 }, { logOdds: 0.5 })],
    );
    assert.deepEqual(
      candidates.map(({ id, outcome, digit, confidence }) => [id, outcome, digit, confidence]),
      [
        [1, 'read', 4, 0.75],
        [2, 'rejected', 1, 0.4],
        [3, 'rejected', 7, 0.31],
      ],
    );
    const [read, lost, unlikely] = candidates;
    assert.deepEqual([read.box, read.rule, read.probabilities[4]], [[20, 80, 60, 100], undefined, 0.98]);
    assert.deepEqual([lost.rule, lost.value, lost.limit], ['overlap', 0.5, 1.0986]);
    assert.deepEqual([unlikely.rule, unlikely.value, unlikely.limit], ['judgement', 0.31, 0.6]);
    assert.deepEqual([lost.features.logOdds, lost.features.digit, lost.features.octaves], [0.5, 1, 1]);
    const page = explanationPage({ ...rest, candidates }, 'note');
    assert.ok(page.includes('read as 4 (0.75)'));
    assert.ok(page.includes('judgement 0.31 &lt; 0.6, likeliest 7 (0.31)'));
    assert.ok(page.includes('overlap 0.5 &lt; 1.0986, likeliest 1 (0.4)'));
    assert.ok(page.includes('octaves 1'));
    for (const rule of ['judgement', 'overlap']) assert.ok(page.includes(`<dt>${rule}</dt>`));
  });

  it('shows where the spotter saw digits, the likelier the darker', async () => {
    const box = { x: 31, y: 40, width: 30, height: 40 };
    const map = spotMap(MOSAIC, [{ digit: 7, logOdds: 12, scale: 2, box }]);
    const spot = { box, digit: 7, score: 3, logits: new Float32Array(10), scale: 2, octaves: 1, rival: -8 };
    const explanation = await explained((recorder) => recorder.spotted([map], [spot]));
    const { heatMaps, spots } = explanation.spotter;
    assert.deepEqual(spots, [{ box: [62, 80, 60, 80], digit: 7, probability: 0.9526 }]);
    assert.deepEqual(
      heatMaps.map(({ scale, width, height }) => [scale, width, height]),
      [
        [4, 40, 30],
        [8, 20, 15],
      ],
    );
    const [fine, coarse] = await Promise.all(heatMaps.map(({ picture }) => pixelsOf(picture)));
    assert.ok(fine.data.every((luma) => luma === 255));
    // The box's centre, (46, 60), is in column 5 and row 7 of cells of 8 pixels.
    assert.deepEqual([coarse.width, coarse.height, coarse.data.indexOf(0)], [20, 15, 7 * 20 + 5]);
    const page = explanationPage(explanation, 'note');
    assert.ok(page.includes('<title>7, 0.9526</title><rect x="62" y="80" width="60" height="80"/>'));
  });

  it('shows the ink around all spots in one picture for each scale, the stronger the darker', async () => {
    const patch = (scale: number, x: number, y: number, level: number): InkMap => ({
      ...{ polarity: 'dark', scale, x, y, width: 20, height: 10 },
      ...{ gray: new Uint8Array(200), contrast: new Uint8Array(200).fill(level) },
    });
    const { ink } = await explained((recorder) => {
      for (const map of [patch(2, 0, 0, 200), patch(1, 30, 40, 200), patch(1, 40, 45, 48)]) recorder.searched(map);
    });
    assert.deepEqual(
      ink.map(({ scale, width, height }) => [scale, width, height]),
      [
        [1, 160, 120],
        [2, 80, 60],
      ],
    );
    const { data, width, height } = await pixelsOf(ink[0].picture);
    assert.deepEqual([width, height], [160, 120]);
    const at = (x: number, y: number): number => data[y * 160 + x];
    // No ink, strong ink, both patches, the fainter one alone.
    assert.deepEqual([at(29, 40), at(30, 40), at(45, 47)], [255, 0, 0]);
    assert.ok(at(55, 50) > 0 && at(55, 50) < 255);
  });
});
