import assert from 'node:assert/strict';
import { changeLive, configSchema } from '@inkcast/device/config';
import fc from 'fast-check';
import {
  areasOf,
  changesFor,
  type StoredFrame,
  type StoredRegion,
  withArea,
  withNewArea,
  withoutArea,
} from '../../../device/web/src/frame/areas.js';
import { amended, edited, redone, undone, unedited } from '../../../device/web/src/frame/edit-history.js';
import { type Corners, moved } from '../../../device/web/src/frame/geometry.js';

const WATER: StoredRegion = {
  name: 'water',
  regionOfInterest: { x: 1 / 3, y: 0.1, width: 0.4, height: 1 / 7 },
  expect: ['ddd.dd', 'dd'],
  rules: { digitCount: 5, decimalPlaces: 2, min: '0', monotonic: true, maxPerHour: '10', acceptAfterMs: 5000 },
  homeassistant: { deviceClass: 'water', unit: 'm³', stateClass: 'total_increasing' },
};
const PAGE: Corners = [
  [0.1, 0.5],
  [0.612345678, 0.52],
  [0.6, 0.9],
  [0.12, 0.88],
];
const GAS: StoredRegion = {
  name: 'gas',
  corners: PAGE,
  expect: { digits: 5 },
};
const BOARD: StoredFrame = { regions: [WATER, GAS] };

describe('areas of the frame', () => {
  it('are saved as they were loaded: nothing shifts, and nothing is lost that is not edited here', () => {
    assert.deepEqual(changesFor(areasOf(BOARD))['vision.regions'], BOARD.regions);
    const alone = { regionOfInterest: { x: 1 / 3, y: 0, width: 0.5, height: 1 / 9 }, expect: 'dd:dd', regions: [] };
    assert.deepEqual(changesFor(areasOf(alone)), {
      'vision.regionOfInterest': alone.regionOfInterest,
      'vision.perspective': null,
      'vision.regions': null,
      'reading.expect': 'dd:dd',
    });
  });

  it('are loaded again as they were drawn, to the last decimal', () => {
    const by = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(by, by, fc.nat(1), (dx, dy, index) => {
        const areas = areasOf(BOARD);
        const drawn = withArea(areas, index, { shape: moved(areas[index].shape, dx, dy) });
        const stored = JSON.parse(JSON.stringify(changesFor(drawn)['vision.regions']));
        assert.deepEqual(
          areasOf({ regions: stored }).map(({ shape }) => shape),
          drawn.map(({ shape }) => shape),
        );
      }),
    );
  });

  it('are what the daemon takes while it runs', () => {
    const config = configSchema.parse({ camera: { source: 'directory', folder: '.' } });
    const areas = withNewArea(areasOf({ regions: [] }), {
      kind: 'rectangle',
      rectangle: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 },
    });
    const single = changeLive(config, changesOf(areasOf({ regions: [], perspective: PAGE })));
    assert.deepEqual(single.vision.perspective, PAGE);
    const changed = changeLive(single, changesOf(areas));
    assert.deepEqual(
      changed.vision.regions.map(({ name }) => name),
      ['region-1', 'region-2'],
    );
  });

  it('lose a rule, a form and a name, and get new ones', () => {
    const [water] = areasOf(BOARD);
    const areas = withArea(areasOf(BOARD), 0, {
      name: 'cold-water',
      expect: ' ddd \n',
      rules: { ...water.rules, digitCount: '', maxPerHour: '2.5' },
    });
    assert.deepEqual(changesFor(areas)['vision.regions'], [
      {
        ...WATER,
        name: 'cold-water',
        expect: 'ddd',
        rules: { decimalPlaces: 2, min: '0', monotonic: true, maxPerHour: '2.5', acceptAfterMs: 5000 },
      },
      GAS,
    ]);
  });

  it('go back to one without a name, once the last region is removed', () => {
    const none = withoutArea(withoutArea(areasOf(BOARD), 1), 0);
    assert.deepEqual(changesFor(none)['vision.regions'], null);
    assert.equal(none[0].name, null);
  });

  it('get names that no other has', () => {
    const two = withNewArea(areasOf({ regions: [{ name: 'region-2' }] }), { kind: 'whole' });
    assert.deepEqual(
      two.map(({ name }) => name),
      ['region-2', 'region-3'],
    );
  });
});

/** The changes as a request has them. */
function changesOf(areas: ReturnType<typeof areasOf>): Parameters<typeof changeLive>[1] {
  return JSON.parse(JSON.stringify(changesFor(areas)));
}

describe('steps that can be taken back', () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('edit' as const), value: fc.nat() }),
    fc.record({ kind: fc.constant('undo' as const) }),
    fc.record({ kind: fc.constant('redo' as const) }),
  );

  it('lead back to the beginning, and forward again to the end', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        let history = unedited(-1);
        for (const one of commands) {
          if (one.kind === 'edit') history = edited(history, one.value);
          else history = one.kind === 'undo' ? undone(history) : redone(history);
        }
        const end = [...history.future].at(-1) ?? history.present;
        while (undone(history) !== history) history = undone(history);
        assert.equal(history.present, -1);
        while (redone(history) !== history) history = redone(history);
        assert.equal(history.present, end);
      }),
    );
  });

  it('take a whole drag back at once', () => {
    const dragged = amended(amended(edited(unedited('still'), 'begun'), 'on'), 'there');
    assert.equal(dragged.present, 'there');
    assert.equal(undone(dragged).present, 'still');
  });

  it('are none where nothing changed', () => {
    const history = edited(unedited('a'), 'b');
    assert.equal(edited(history, 'b'), history);
  });
});
