import type { PlanBuilder } from './plan-builder.js';
import { type Buffer, makeCall } from './program.js';

/** Values of a kernel that one task packs. */
const TASK_VALUES = 16384;

/** Cuts `panels` panels of `depth` rows into tasks, from one panel up to another. */
function forStretches(panels: number, depth: number, visit: (from: number, to: number) => void): void {
  const step = Math.max(1, Math.floor(TASK_VALUES / (8 * depth)));
  for (let from = 0; from < panels; from += step) visit(from, Math.min(panels, from + step));
}

/** The panels of a kernel of `depth` x `columns`, packed before each run after the weights have changed. */
export function packedPanels(builder: PlanBuilder, parameter: string, depth: number, columns: number): Buffer {
  const known = builder.panels.get(parameter);
  if (known !== undefined) return known;
  const count = Math.ceil(columns / 8);
  const panels = builder.common(count * depth * 8 * 4);
  const kernel = builder.weight(parameter);
  forStretches(count, depth, (from, to) => {
    builder.packing.push([makeCall('packPanels', { kernel, panels, depth, columns, from, to })]);
  });
  builder.panels.set(parameter, panels);
  return panels;
}

/** The panels for the input gradient: channels become columns, and taps run in the order given. */
export function transposedPanels(
  builder: PlanBuilder,
  parameter: string,
  {
    taps,
    channels,
    filters,
  }: { readonly taps: readonly number[]; readonly channels: number; readonly filters: number },
): Buffer {
  const count = Math.ceil(channels / 8);
  const panels = builder.common(count * taps.length * filters * 8 * 4);
  const args = { kernel: builder.weight(parameter), panels, order: builder.constant(Uint32Array.from(taps)) };
  forStretches(count, taps.length * filters, (from, to) => {
    builder.packing.push([makeCall('packTransposed', { ...args, taps: taps.length, channels, filters, from, to })]);
  });
  return panels;
}

/**
 * The transformed panels of a 3x3 kernel of `channels` x `filters`; turned round and with the two exchanged for the
 * input gradient.
 */
export function winogradPanels(
  builder: PlanBuilder,
  parameter: string,
  { channels, filters, turned }: { readonly channels: number; readonly filters: number; readonly turned: boolean },
): Buffer {
  const key = `${parameter} ${turned ? 'turned ' : ''}transformed`;
  const known = builder.panels.get(key);
  if (known !== undefined) return known;
  const [depth, columns] = turned ? [filters, channels] : [channels, filters];
  const panels = builder.common(16 * channels * filters * 4);
  const tap = channels * filters * 4;
  const steps = turned
    ? { row: -3 * tap, column: -tap, channelStep: 4, filterStep: filters * 4 }
    : { row: 3 * tap, column: tap, channelStep: filters * 4, filterStep: 4 };
  const kernel = builder.weight(parameter, turned ? 8 * tap : 0);
  forStretches(columns / 8, 9 * depth, (from, to) => {
    builder.packing.push([makeCall('packWinograd', { ...steps, kernel, panels, channels: depth, from, to })]);
  });
  builder.panels.set(key, panels);
  return panels;
}
