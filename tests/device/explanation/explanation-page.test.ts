import assert from 'node:assert/strict';
import { join } from 'node:path';
import { explainPicture, explanationPage } from '@inkcast/device/explanation';
import { FrameRecorder } from '@inkcast/device/reading';
import { explanationSchema } from '@inkcast/shared/explanation';
import sharp from 'sharp';
import { digit, inRow } from '../reading/support/scored.js';
import { ROOT } from '../support/command.js';

const size = { width: 640, height: 480 };

/** What is written of a frame that `record` tells of. */
async function explained(record: (recorder: FrameRecorder) => void) {
  const recorder = new FrameRecorder();
  record(recorder);
  const explanation = await explainPicture({
    file: join(ROOT, 'assets/scenes/photos/01-note.jpg'),
    original: { width: 1280, height: 960 },
    reduced: size,
    view: size,
    model: 'digits@1.0.0',
    labels: [...'0123456789', 'none'],
    reading: { text: '', rows: [] },
    trace: recorder.trace(),
    place: ({ x, y, width, height }) => [2 * x, 2 * y, 2 * width, 2 * height],
  });
  return explanationSchema.parse(JSON.parse(JSON.stringify(explanation)));
}

describe('an explanation', () => {
  it('holds what was measured and what judged it, in numbers', async () => {
    const [box] = inRow([100]);
    const item = digit(4, 0.75, box, { contrast: 90 });
    const proposal = { ...item.candidate, examine: () => item.candidate };
    const explanation = await explained((recorder) => {
      recorder.proposed([proposal]);
      recorder.scored(proposal, item);
      recorder.measured(item, { neighbours: 2 });
      recorder.decided([], [{ item, objection: { rule: 'judgement', value: 0.31, limit: 0.5 } }]);
    });
    const [candidate] = explanation.candidates;
    assert.deepEqual(candidate.box, [200, 200, 60, 100]);
    assert.deepEqual(
      [candidate.outcome, candidate.rule, candidate.value, candidate.limit],
      ['rejected', 'judgement', 0.31, 0.5],
    );
    assert.deepEqual([candidate.features.neighbours, candidate.features.contrast], [2, 90]);
    assert.equal(explanation.spotter, undefined);
    const page = explanationPage(explanation, 'note');
    assert.ok(page.includes('judgement 0.31 &lt; 0.5, likeliest 4 (0.75)'));
    assert.ok(page.includes('neighbours 2'));
    assert.ok(!page.includes('<h2>Heat</h2>'));
  });

  it('shows where a network saw digits, the likelier the darker', async () => {
    const heat = new Uint8Array(20 * 10);
    heat[3 * 20 + 7] = 255;
    const box = { x: 10, y: 20, width: 30, height: 40 };
    const { spotter, ...rest } = await explained((recorder) =>
      recorder.spotted([{ scale: 8, width: 20, height: 10, heat }], [{ box, digit: 7, probability: 0.98765 }]),
    );
    assert.ok(spotter !== undefined);
    assert.deepEqual(spotter.spots, [{ box: [20, 40, 60, 80], digit: 7, probability: 0.9877 }]);
    const [map] = spotter.heatMaps;
    assert.deepEqual([map.scale, map.width, map.height], [8, 20, 10]);
    const { data, info } = await sharp(Buffer.from(map.picture.split(',')[1], 'base64'))
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [20, 10]);
    assert.deepEqual([data[3 * 20 + 7], data[0]], [0, 255]);
    const page = explanationPage({ ...rest, spotter }, 'note');
    assert.ok(page.includes('<h2>Heat</h2>'));
    assert.ok(page.includes('<title>7, 0.9877</title><rect x="20" y="40" width="60" height="80"/>'));
  });
});
