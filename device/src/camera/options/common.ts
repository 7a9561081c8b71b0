import { z } from 'zod';

/** A path; the configuration knows it by this format, and resolves it against the folder of its file. */
export function pathOption() {
  return z.string().min(1).meta({ format: 'path' });
}

/** A frame in a quarter of an hour. Timers cannot wait for much less, and no camera is asked for it. */
const MIN_RATE = 0.001;

export function rateOption(most: number) {
  return z.number().min(MIN_RATE).max(most);
}

/** Microseconds that a picture is exposed. */
export function shutterOption(maxSeconds: number) {
  return z
    .int()
    .positive()
    .max(maxSeconds * 1e6)
    .exactOptional();
}

/** Whether a source of files looks below its folder. */
export function recursiveOption() {
  return z.boolean().default(false).meta({ description: 'Pictures in sub-folders too, at any depth' });
}

/** Milliseconds that something outside may take. */
export function timeoutOption(standard: number) {
  return z.int().min(100).max(300_000).default(standard);
}

/** Timers hold no more than 24 days. */
const MAX_ALARM_MS = 86_400_000;
/** No camera is started in less. */
const MIN_SILENT_AFTER_MS = 1000;

const alarm = z.int().nonnegative().max(MAX_ALARM_MS);
const silentAfter = alarm.refine(
  (ms) => ms === 0 || ms >= MIN_SILENT_AFTER_MS,
  `must be 0 or at least ${MIN_SILENT_AFTER_MS}: a camera needs time to start`,
);

/** When a camera is restarted although it has not failed by itself. */
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

/** User and password of a camera in the network. */
export const credentialOptions = {
  username: z.string().min(1).exactOptional().meta({ description: 'User at the camera' }),
  password: z.string().min(1).exactOptional().meta({ description: 'Password at the camera', secret: true }),
};
