import assert from 'node:assert/strict';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine, type ReadingEngine } from '@inkcast/device/daemon';
import { FrameRecorder } from '@inkcast/device/explanation';
import { openCheckedBundle } from '@inkcast/device/inference';
import { type Expectation, expectationOf } from '@inkcast/reader/reading';
import type { LumaFrame } from '@inkcast/reader/vision';
import { ROOT } from '../support/command.js';

const SCENES = ['photos/01-note.jpg', 'photos/03-sums.jpg', 'negatives/17-empty-desk.jpg'];

const scene = (name: string) => decodePicture(join(ROOT, 'assets/scenes', name));

describe('the record of a reading', () => {
  let engine: ReadingEngine;

  before(async () => {
    engine = await openReadingEngine(await openCheckedBundle(join(ROOT, 'models/digits')));
  });

  after(() => engine.close());

  function explain(frame: LumaFrame, expectation?: Expectation) {
    const observer = new FrameRecorder();
    const { reading } = engine.reader.read(frame, { expectation, observer });
    return { reading, observer };
  }

  it('changes nothing of it', async () => {
    for (const name of SCENES) {
      const frame = await scene(name);
      assert.deepEqual(explain(frame).reading, engine.reader.read(frame).reading);
    }
  });

  it('holds each digit that was read, each rejection with its rule, and a rule for all others', async () => {
    for (const name of SCENES) {
      const frame = await scene(name);
      for (const expectation of [undefined, expectationOf({ digits: 3 })]) {
        const { reading, observer } = explain(frame, expectation);
        const { candidates, spots } = observer;
        assert.ok(candidates.length >= reading.digits.length && candidates.length <= spots.length);
        assert.deepEqual(
          candidates.slice(0, reading.digits.length).map(({ hypothesis, objection }) => [hypothesis.digit, objection]),
          reading.digits.map(({ digit }) => [digit, undefined]),
        );
        for (const { objection } of candidates.slice(reading.digits.length)) assert.ok(objection !== undefined);
        for (const { box, rule, value, limit } of reading.rejected) {
          const found = candidates.find(({ hypothesis }) => hypothesis.candidate.box === box)?.objection;
          assert.deepEqual([found?.rule, found?.value, found?.limit], [rule, value, limit]);
        }
      }
    }
  });

  it('holds the ink around each spot, and a heat map of each octave', async () => {
    const frame = await scene('photos/01-note.jpg');
    const { ink, heatMaps, spots, candidates } = explain(frame).observer;
    assert.ok(spots.length > 0 && ink.length <= spots.length);
    for (const { hypothesis } of candidates) {
      const { box, scale } = hypothesis.candidate;
      const [x, y] = [Math.floor((box.x + box.width / 2) / scale), Math.floor((box.y + box.height / 2) / scale)];
      const isInside = (map: (typeof ink)[number]): boolean =>
        map.scale === scale && x >= map.x && y >= map.y && x < map.x + map.width && y < map.y + map.height;
      assert.ok(ink.some(isInside));
    }
    for (const [octave, { scale, width, height, heat }] of heatMaps.entries()) {
      assert.deepEqual([scale, heat.length], [4 * 2 ** octave, width * height]);
    }
    const [{ width, height }] = heatMaps;
    assert.deepEqual([width, height], [Math.ceil(frame.width / 4), Math.ceil(frame.height / 4)]);
  });
});
