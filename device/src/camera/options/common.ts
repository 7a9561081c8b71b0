import { z } from 'zod';

/** A path; the configuration knows it by this format, and resolves it against the folder of its file. */
export function pathOption() {
  return z.string().min(1).meta({ format: 'path' });
}

export function rateOption(most: number) {
  return z.number().positive().max(most);
}

/** Milliseconds that something outside may take. */
export function timeoutOption(standard: number) {
  return z.int().min(100).max(300_000).default(standard);
}

const alarm = z.int().nonnegative().exactOptional();

/** When a camera is restarted although it has not failed by itself. */
export const alarmOptions = {
  silentAfterMs: alarm.meta({
    description: 'Time without a frame after which the camera is restarted; 0 for never',
    defaultText: '10000, never for files',
  }),
  frozenAfterMs: alarm.meta({
    description: 'Time of the same picture, byte for byte, after which the camera is restarted; 0 for never',
    defaultText: '30000, never for files',
  }),
};

/** User and password of a camera in the network. */
export const credentialOptions = {
  username: z.string().min(1).exactOptional().meta({ description: 'User at the camera' }),
  password: z.string().min(1).exactOptional().meta({ description: 'Password at the camera' }),
};
