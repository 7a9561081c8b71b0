import assert from 'node:assert/strict';
import type { HistoryEvent } from '../../../device/web/src/api/index.js';
import { chartOf } from '../../../device/web/src/history/filter.js';

type Shown = Pick<HistoryEvent, 'text'> & Partial<HistoryEvent>;

const eventOf = ({ text, ...more }: Shown): HistoryEvent => ({
  ...{ id: '01K0000000000000000000000A', event_type: 'digits_changed', text, rows: [text], digits: [] },
  ...{ confidence: 0.9, frame: { width: 640, height: 480 }, model: 'digits@2.4.0', seq: 0, picture: false },
  ...{ since: '2026-11-28T12:00:00.000Z', capturedAt: '2026-11-28T12:00:00.000Z' },
  ...more,
});

describe('the chart of the history', () => {
  it('draws numbers, and nothing where letters, nothing or too many digits are read', () => {
    const texts = ['407', '', 'TAX', '4 tick', '40\n7', '1'.repeat(16)];
    const events = texts.map((text) => eventOf({ text })).toReversed();
    assert.deepEqual(chartOf(events).values, [[407, null, null, null, 407, null]]);
    const valued = [eventOf({ text: '407', value: '40.7' }), eventOf({ text: 'T', value: null })];
    assert.deepEqual(chartOf(valued.toReversed()).values, [[40.7, null]]);
  });
});
