import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { drawFrame, type Screen } from '@inkcast/device/setup';
import fc from 'fast-check';

const frames = fc
  .record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }), seed: fc.nat(255) })
  .map(({ width, height, seed }) => ({
    width,
    height,
    gray: Uint8Array.from({ length: width * height }, (_, index) => (index * seed) & 255),
  }));
const screens = fc.record<Screen>({
  columns: fc.integer({ min: 20, max: 250 }),
  rows: fc.integer({ min: 10, max: 90 }),
  colours: fc.constantFrom('none', '256', '16m'),
});
/** A box anywhere, also across the frame's edges. */
const digits = fc.array(
  fc.record({
    digit: fc.integer({ min: 0, max: 9 }),
    confidence: fc.constant(1),
    row: fc.constant(0),
    box: fc.record({
      x: fc.integer({ min: -20, max: 300 }),
      y: fc.integer({ min: -20, max: 300 }),
      width: fc.integer({ min: 1, max: 100 }),
      height: fc.integer({ min: 1, max: 100 }),
    }),
  }),
  { maxLength: 3 },
);

describe('a frame drawn on a terminal', () => {
  it('fits it, whatever its size and that of the frame, and is coloured only where it may be', () => {
    fc.assert(
      fc.property(frames, digits, screens, (frame, read, screen) => {
        const lines = drawFrame(frame, read, screen);
        const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
        assert.ok(columns <= screen.columns, `${columns} columns on ${screen.columns}`);
        for (const line of lines) {
          assert.equal(line.includes('\u001b'), screen.colours !== 'none');
          if (screen.colours === 'none') assert.match(line, /^[ -~]*$/);
        }
      }),
    );
  });

  it('fits the rows as well where the frame is no strip', () => {
    const frame = { width: 480, height: 640, gray: new Uint8Array(480 * 640) };
    fc.assert(fc.property(screens, (screen) => assert.ok(drawFrame(frame, [], screen).length <= screen.rows)));
  });

  it('shows dark ink on paper as it is, and each digit at the corner of its box', () => {
    const [width, height] = [40, 20];
    const gray = new Uint8Array(width * height).fill(230);
    for (let y = 8; y < 12; y++) gray.fill(10, y * width + 18, y * width + 22);
    const read = [{ digit: 7, confidence: 1, row: 0, box: { x: 16, y: 6, width: 8, height: 8 } }];
    const lines = drawFrame({ width, height, gray }, read, { columns: 41, rows: 40, colours: 'none' });
    assert.deepEqual(
      lines.map((line) => line.slice(12, 29)),
      [
        '@@@@@@@@@@@@@@@@@',
        '@@@@@@@@@@@@@@@@@',
        '@@@7---------+@@@',
        '@@@|@@@@@@@@@|@@@',
        '@@@|@@    @@@|@@@',
        '@@@|@@    @@@|@@@',
        '@@@|@@@@@@@@@|@@@',
        '@@@|@@@@@@@@@|@@@',
        '@@@+---------+@@@',
        '@@@@@@@@@@@@@@@@@',
      ],
    );
  });
});
