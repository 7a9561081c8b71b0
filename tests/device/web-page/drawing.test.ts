import assert from 'node:assert/strict';
import { Drawing } from '../../../device/web/src/sketch/drawing.js';

const point = (x: number) => ({ x, y: 0 });

describe('a drawing on the pad', () => {
  it('has the strokes of one pen after another, each from touching the pad to leaving it', () => {
    const drawing = new Drawing();
    drawing.begin(1, point(1));
    drawing.extend(1, [point(2), point(3)]);
    assert.deepEqual(drawing.strokes.value, []);
    assert.deepEqual(drawing.seen, [[point(1), point(2), point(3)]]);
    drawing.end(1);
    drawing.begin(2, point(4));
    drawing.end(2);
    assert.deepEqual(drawing.strokes.value, [[point(1), point(2), point(3)], [point(4)]]);
  });

  it('takes no stroke of a palm that touches the pad while a pen draws', () => {
    const drawing = new Drawing();
    assert.ok(drawing.begin(1, point(1)));
    assert.ok(!drawing.begin(2, point(9)));
    drawing.extend(2, [point(9)]);
    drawing.end(2);
    drawing.end(1);
    assert.deepEqual(drawing.strokes.value, [[point(1)]]);
  });

  it('takes back its last stroke, and is emptied', () => {
    const drawing = new Drawing();
    for (const pen of [1, 2, 3]) {
      drawing.begin(pen, point(pen));
      drawing.end(pen);
    }
    drawing.undo();
    assert.deepEqual(drawing.strokes.value, [[point(1)], [point(2)]]);
    drawing.clear();
    drawing.undo();
    assert.deepEqual(drawing.strokes.value, []);
  });
});
