import { z } from 'zod';

/** A path. The configuration recognizes it by this format and resolves it against the folder of its file. */
export function pathOption() {
  return z.string().min(1).meta({ format: 'path' });
}

/** About one frame per quarter of an hour. Timers cannot wait much longer, and no camera needs less. */
const MIN_RATE = 0.001;

export function rateOption(most: number) {
  return z.number().min(MIN_RATE).max(most);
}

/** Exposure time in microseconds. */
export function shutterOption(maxSeconds: number) {
  return z
    .int()
    .positive()
    .max(maxSeconds * 1e6)
    .exactOptional();
}

/** Whether a source of files searches sub-folders. */
export function recursiveOption() {
  return z.boolean().default(false).meta({ description: 'Whether to read pictures in sub-folders, at any depth' });
}

/** A time-out in milliseconds for something outside this process. */
export function timeoutOption(standard: number) {
  return z.int().min(100).max(300_000).default(standard);
}

/** Timers hold at most 24 days. */
const MAX_ALARM_MS = 86_400_000;
/** No camera starts faster. */
const MIN_SILENT_AFTER_MS = 1000;

const alarm = z.int().nonnegative().max(MAX_ALARM_MS);
const silentAfter = alarm.refine(
  (ms) => ms === 0 || ms >= MIN_SILENT_AFTER_MS,
  `must be 0 or at least ${MIN_SILENT_AFTER_MS}: a camera needs time to start`,
);

/** When a camera is restarted that has not reported a failure. */
export const alarmOptions = {
  silentAfterMs: silentAfter.exactOptional().meta({
    description: 'Time without a frame after which the camera is restarted; 0 for never',
    defaultText: '10000, never for files',
  }),
  frozenAfterMs: alarm.exactOptional().meta({
    description: 'Time of the same picture, byte for byte, after which the camera is restarted; 0 for never',
    defaultText: '30000, never for files',
  }),
};

/** User and password of a network camera. */
export const credentialOptions = {
  username: z.string().min(1).exactOptional().meta({ description: 'User at the camera' }),
  password: z.string().min(1).exactOptional().meta({ description: 'Password at the camera', secret: true }),
};
