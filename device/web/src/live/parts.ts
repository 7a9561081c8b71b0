import type { DeviceState, Problem } from '../api/index.js';

export const PART_NAMES = ['camera', 'broker', 'model', 'storage'] as const;

export type PartName = (typeof PART_NAMES)[number];
export type PartStatus = 'ok' | 'starting' | 'paused' | 'problem';

/** How one part of the device is. */
export interface Part {
  readonly name: PartName;
  readonly status: PartStatus;
  readonly problems: readonly Problem[];
}

const CODES: Readonly<Record<PartName, RegExp>> = {
  camera: /^INK_(CAMERA|IMAGE|VISION|PIPELINE)_/,
  broker: /^INK_MQTT_/,
  model: /^INK_(BUNDLE|MODEL|TFLITE|GRAPH|CORAL)_/,
  storage: /^INK_(STORAGE|EVENTS|HISTORY)_/,
};

const OWN_STATUS: Readonly<Record<PartName, (state: DeviceState) => PartStatus>> = {
  camera: ({ camera }) =>
    camera === 'running' ? 'ok' : camera === 'failed' || camera === 'ended' ? 'problem' : camera,
  broker: ({ broker }) => (broker === 'connected' ? 'ok' : 'problem'),
  model: ({ model, accelerator }) => (model === null || accelerator.status === 'failed' ? 'problem' : 'ok'),
  storage: ({ storage }) => (storage === 'disk' ? 'ok' : 'problem'),
};

/** The parts, each with the problems that are its own. */
export function partsOf(state: DeviceState): Part[] {
  return PART_NAMES.map((name) => {
    const problems = state.problems.filter(({ code }) => CODES[name].test(code));
    const own = OWN_STATUS[name](state);
    return { name, problems, status: own === 'ok' && problems.length > 0 ? 'problem' : own };
  });
}

/** Problems that are no part's. */
export function otherProblems({ problems }: DeviceState): readonly Problem[] {
  return problems.filter(({ code }) => !PART_NAMES.some((name) => CODES[name].test(code)));
}
