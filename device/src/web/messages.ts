import {
  digitOrClassSchema,
  digitSchema,
  eventSchema,
  healthSchema,
  readingSchema,
  responseDataSchemas,
} from '@inkcast/shared/messages';
import { z } from 'zod';
import { historyEntrySchema } from '../storage/index.js';
import { teachingStateSchema } from '../teaching/index.js';
import { ROLES } from './access/index.js';

// What the page's API says beside the messages that MQTT has too, which are those of @inkcast/shared/messages.

/** How one part of the device is. */
const partSchema = z.object({
  status: z.enum(['ok', 'starting', 'paused', 'problem']),
  /** What it is: a camera's source, a broker's address, a model, a folder; null where none is configured. */
  detail: z.string().nullable(),
  /** What is wrong, and what to do about it. */
  code: z.string().exactOptional(),
  message: z.string().exactOptional(),
  remedy: z.string().exactOptional(),
});

/** How the device is: its health as over MQTT, with what a page shows beside it. */
export const stateSchema = healthSchema
  .pick({
    version: true,
    uptimeSeconds: true,
    paused: true,
    temperature: true,
    memory: true,
    queue: true,
    accelerator: true,
  })
  .extend({
    /** The device's name in MQTT topics. */
    device: z.string(),
    camera: partSchema,
    broker: partSchema,
    model: partSchema,
    storage: partSchema,
    problems: z.array(healthSchema.shape.problems.element.extend({ remedy: z.string() })),
    /** Frames read a second, of the last seconds. */
    fps: z.number().nonnegative(),
    /** From the moment that the newest frame was taken to its reading; null where none has come yet. */
    latencyMs: z.number().nonnegative().nullable(),
    /** The configuration file; null where there is none. */
    configFile: z.string().nullable(),
    /** The newest frame; null where none has come yet. */
    frame: z
      .object({
        /** Counts the frames that were read since the daemon started, from 0. */
        number: z.int().nonnegative(),
        time: z.iso.datetime(),
        width: z.int().positive(),
        height: z.int().positive(),
      })
      .nullable(),
  });

/** What is steadily in view: one reading, or one for each region that has a name. */
export const readingsSchema = z.object({ readings: z.array(readingSchema) });

/** How the view lies beside the reference picture. */
export const referenceSchema = responseDataSchemas.reference;

/** What is seen and read through an area that is not set yet. Boxes are in pixels of the picture. */
export const regionPreviewSchema = z.object({
  /** The area as JPEG in base64, straightened. */
  picture: z.base64(),
  width: z.int().positive(),
  height: z.int().positive(),
  reading: z.object({ text: z.string(), rows: z.array(z.string()), digits: z.array(digitSchema) }),
});

export const sessionSchema = z.object({
  /** Null for whoever needs no login, since the request comes from the device itself. */
  user: z.string().nullable(),
  role: z.enum(ROLES),
  /** Whether logging out leads to a login: not at the device itself. */
  needsLogin: z.boolean(),
  /** To be sent as `x-csrf-token` with everything that changes something; null where none is needed. */
  csrfToken: z.string().nullable(),
});

/** What doctor says. */
export const checksSchema = z.object({
  healthy: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['ok', 'warning', 'failed']),
      /** One sentence: what was found. */
      detail: z.string(),
      /** Of an error that was found. */
      code: z.string().exactOptional(),
      /** What to do about it. */
      remedy: z.string().exactOptional(),
      details: z.string().exactOptional(),
    }),
  ),
});

/** Every error of the API. */
export const errorSchema = z.object({
  code: z.string().regex(/^INK_/),
  /** One sentence of what happened. */
  message: z.string(),
  /** What to do about it. */
  remedy: z.string(),
  /** Where a request or a value is wrong, by the path of each key. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).exactOptional(),
});

/** One key of the configuration, as a form shows it. */
const settingSchema = z.object({
  /** Dotted name. A key that several cameras have comes once for each. */
  path: z.string(),
  description: z.string(),
  /** JSON Schema of its value. */
  schema: z.record(z.string(), z.unknown()),
  /** In words; left out where there is none. */
  default: z.string().exactOptional(),
  /** Whether it can be set while the daemon runs. */
  live: z.boolean(),
  /** Whether its value is shown to nobody. */
  secret: z.boolean(),
  /** Whether it is changed in the file only, since it says what is run. */
  fileOnly: z.boolean(),
  /** What the daemon runs with; left out for secrets and where nothing is set. */
  value: z.unknown().exactOptional(),
  /** Whether the file sets it. */
  isSet: z.boolean(),
  /** What holds after a restart, where that is something else than `value`. */
  saved: z.unknown().exactOptional(),
  /** What sets it in the place of the file, in words. */
  overriddenBy: z.string().exactOptional(),
  /** The value of another key with which alone there is this one. */
  when: z.object({ path: z.string(), value: z.unknown() }).exactOptional(),
});

/** Why nothing can be saved, and what to do about it; null where it can. */
export const unwritableSchema = errorSchema.omit({ issues: true }).nullable();

export const settingsSchema = z.object({
  /** null: the daemon was started without one. */
  file: z.string().nullable(),
  /** Tells what the file says now from what it says later. */
  version: z.string().nullable(),
  unwritable: unwritableSchema,
  keys: z.array(settingSchema),
});

export const savedSettingsSchema = z.object({
  /** Keys for which the daemon has to be started again. */
  restartNeeded: z.array(z.string()),
  version: z.string(),
});

export const settingsVersionsSchema = z.object({
  versions: z.array(z.object({ id: z.string(), savedAt: z.iso.datetime(), bytes: z.int().nonnegative() })),
});

export const historySchema = z.object({
  /** The newest first. */
  events: z.array(
    historyEntrySchema.extend({
      /** As the rules have the decimal point now; only where they set `decimalPlaces`. */
      value: readingSchema.shape.value,
      /** Whether a picture of it is kept. */
      picture: z.boolean(),
    }),
  ),
  /** What `before` asks the next page with; null on the last one. */
  next: z.string().nullable(),
});

/** One text message of the socket of events. */
export const pushedSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: stateSchema }),
  z.object({ type: z.literal('reading'), reading: readingSchema }),
  z.object({ type: z.literal('event'), event: eventSchema }),
  z.object({ type: z.literal('teach'), state: teachingStateSchema }),
]);

/** Beside each picture of the live view. Boxes are in pixels of the picture that is sent. */
export const liveHeaderSchema = z.object({
  /** Null where no frame has come yet. */
  frame: z.int().nonnegative().nullable(),
  /** When the frame was taken. */
  time: z.iso.datetime().nullable(),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  boxes: z.array(
    z.object({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      digit: digitOrClassSchema,
      confidence: z.number().min(0).max(1),
    }),
  ),
  /** What was not read as a digit, and why. */
  candidates: z.array(
    z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), reason: z.string() }),
  ),
  readings: z.array(
    z.object({
      region: z.string().exactOptional(),
      text: z.string(),
      confidence: z.number().nullable(),
      since: z.iso.datetime(),
    }),
  ),
  /** Frames read a second, of the last seconds. */
  fps: z.number().nonnegative(),
  /** From the moment that the frame was taken to its reading; null where no frame has come yet. */
  latencyMs: z.number().nonnegative().nullable(),
  paused: z.boolean(),
});

/** What the page says on the live socket. */
export const liveRequestSchema = z.union([
  z.strictObject({ ack: z.int().nonnegative() }),
  z.strictObject({ pause: z.boolean() }),
]);

export type UnwritableMessage = z.infer<typeof unwritableSchema>;
export type SettingsMessage = z.infer<typeof settingsSchema>;
export type SavedSettingsMessage = z.infer<typeof savedSettingsSchema>;
export type HistoryMessage = z.infer<typeof historySchema>;
export type PartState = z.infer<typeof partSchema>;
export type DeviceState = z.infer<typeof stateSchema>;
export type CheckMessage = z.infer<typeof checksSchema>['checks'][number];
export type SessionMessage = z.infer<typeof sessionSchema>;
export type ErrorMessage = z.infer<typeof errorSchema>;
export type PushedMessage = z.infer<typeof pushedSchema>;
export type LiveHeader = z.infer<typeof liveHeaderSchema>;
export type LiveRequest = z.infer<typeof liveRequestSchema>;
