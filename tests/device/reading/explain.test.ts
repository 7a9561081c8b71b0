import assert from 'node:assert/strict';
import { join } from 'node:path';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine, type ReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import { FrameRecorder } from '@inkcast/device/reading';
import type { LumaFrame } from '@inkcast/device/vision';
import { ROOT } from '../support/command.js';

const scene = (name: string) => decodePicture(join(ROOT, 'assets/scenes', name));

describe('the explanation of a reading', () => {
  let engine: ReadingEngine;

  before(async () => {
    engine = await openReadingEngine(await openCheckedBundle(join(ROOT, 'models/digits')));
  });

  after(() => engine.close());

  function explain(frame: LumaFrame) {
    const recorder = new FrameRecorder();
    const { reading } = engine.reader.read(frame, { recorder });
    return { reading, trace: recorder.trace() };
  }

  it('reads as it is read without one', async () => {
    for (const name of ['photos/01-note.jpg', 'photos/03-sums.jpg', 'negatives/17-empty-desk.jpg']) {
      const frame = await scene(name);
      assert.deepEqual(explain(frame).reading, engine.reader.read(frame).reading);
    }
  });

  it('holds each digit that was read, with what the classifier was shown and said', async () => {
    const { reading, trace } = explain(await scene('photos/03-sums.jpg'));
    const digits = trace.candidates.filter(({ outcome }) => outcome === 'read');
    assert.deepEqual(
      digits.map(({ box }) => box),
      reading.digits.map(({ box }) => box),
    );
    for (const { box, digit, confidence } of reading.digits) {
      const candidate = digits.find((other) => other.box === box);
      assert.ok(candidate?.classified !== undefined);
      assert.equal(candidate.rule, undefined);
      assert.equal(candidate.classified.crop.length, 28 * 28);
      assert.ok(candidate.classified.crop.some((ink) => ink > 200));
      assert.deepEqual([candidate.classified.digit, candidate.classified.digitConfidence], [digit, confidence]);
      assert.equal(candidate.classified.probabilities[digit], confidence);
    }
  });

  it('gives each rejection the rule that made it, and what that compared', async () => {
    const { reading, trace } = explain(await scene('photos/03-sums.jpg'));
    for (const { box, rule, value, limit } of reading.rejected) {
      const candidate = trace.candidates.find((other) => other.box === box);
      assert.deepEqual([candidate?.outcome, candidate?.rule], ['rejected', rule]);
      assert.deepEqual([candidate?.value, candidate?.limit], [value, limit]);
    }
    const rejected = trace.candidates.filter(({ outcome }) => outcome === 'rejected');
    assert.ok(rejected.length > reading.rejected.length);
    const compared = (name: string) => {
      const { value = Number.NaN, limit = Number.NaN } = rejected.find(({ rule }) => rule === name) ?? {};
      return { value, limit };
    };
    for (const rule of ['contrast', 'size', 'classifier', 'overlap']) {
      const { value, limit } = compared(rule);
      assert.ok(value < limit, `${rule}: ${value} against ${limit}`);
    }
    for (const rule of ['shape', 'stroke']) {
      const { value, limit } = compared(rule);
      assert.ok(value > limit, `${rule}: ${value} against ${limit}`);
    }
  });

  it('holds the ink of each level, which is where the digits are', async () => {
    const frame = await scene('photos/01-note.jpg');
    const { trace } = explain(frame);
    assert.deepEqual(
      trace.ink.map(({ scale, polarity }) => `${scale} ${polarity}`),
      ['1 dark', '2 dark', '2 light', '4 dark', '4 light'],
    );
    for (const { scale, width, height } of trace.ink) {
      assert.deepEqual([width, height], [Math.ceil(frame.width / scale), Math.ceil(frame.height / scale)]);
    }
    for (const { box, scale, polarity, outcome } of trace.candidates) {
      if (outcome !== 'read') continue;
      const map = trace.ink.find((other) => other.scale === scale && other.polarity === polarity);
      assert.ok(map !== undefined);
      const row = Math.floor((box.y + box.height / 2) / scale) * map.width;
      const across = map.contrast.subarray(row + box.x / scale, row + (box.x + box.width) / scale);
      assert.ok(across.some((contrast) => contrast > map.floor));
    }
  });
});
