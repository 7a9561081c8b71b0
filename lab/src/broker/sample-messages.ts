import type { ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import { monotonicFactory } from 'ulid';

const nextId = monotonicFactory();

export function sampleReading(text = '42', changes: Partial<ReadingMessage> = {}): ReadingMessage {
  const digits = [...text].map((digit, index) => {
    const box: ReadingMessage['digits'][number]['box'] = [10 + 30 * index, 20, 25, 40];
    return { digit: Number(digit), confidence: 0.98, row: 0, box };
  });
  return {
    id: nextId(),
    text,
    rows: text === '' ? [] : [text],
    digits,
    confidence: text === '' ? null : 0.98,
    frame: { width: 640, height: 480 },
    since: '2026-11-24T12:00:00.000Z',
    capturedAt: '2026-11-24T12:00:00.300Z',
    model: 'digits@1.0.0',
    seq: 0,
    ...changes,
  };
}

export function sampleEvent(text = '42', changes: Partial<ReadingMessage> = {}): ReadingEvent {
  return { event_type: 'digits_changed', ...sampleReading(text, changes) };
}
