import { z } from 'zod';
import { SPOTTER_SIZES } from '../bundle/content/manifest.js';
import { MODEL_VERSION } from '../bundle/content/model-version.js';
import { classNameSchema } from '../teaching/class-name.js';
import { regionNameSchema } from './region-name.js';

// All MQTT payloads. Times are ISO 8601 in UTC; boxes are [x, y, width, height] in pixels of the frame.

export const boxSchema = z.tuple([z.number(), z.number(), z.number().nonnegative(), z.number().nonnegative()]);

/** A calibrated probability. */
const confidenceSchema = z.number().min(0).max(1);

const timeSchema = z.iso.datetime();

/** `name@version` of a model bundle. */
export const modelReferenceSchema = z
  .string()
  .regex(new RegExp(`^[a-z0-9][a-z0-9._-]*@${MODEL_VERSION}$`), 'a model as name@version, such as digits@1.0.0');

/** A digit, or the name of another class of the model. */
export const digitOrClassSchema = z.union([z.int().min(0).max(9), classNameSchema]);

export const digitSchema = z.object({
  digit: digitOrClassSchema,
  confidence: confidenceSchema,
  /** Index of the row, counted from the top. */
  row: z.int().nonnegative(),
  box: boxSchema,
});

/** `<base>/<device>/availability`: plain text, retained; also the will. */
export const availabilitySchema = z.enum(['online', 'offline']);

/** The reading as a number with its decimal point; null if there are no digits, or other classes than digits. */
const valueSchema = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'a number in digits')
  .nullable();

/** As a person enters it. */
const acceptedValueSchema = z
  .string()
  .max(100)
  .regex(/^\d+(\.\d+)?$/, 'a number in digits, such as "407" or "40.7"');

const acceptedSchema = z.object({
  id: z.ulid(),
  /** The named region of the reading; absent without named regions. */
  region: regionNameSchema.exactOptional(),
  /**
   * The rows, joined by newlines; empty if nothing is read. A class whose name has more than one character is separated
   * by spaces.
   */
  text: z.string(),
  rows: z.array(z.string()),
  /** Only if the rule `decimalPlaces` is set, or null if other classes than digits are read. */
  value: valueSchema.exactOptional(),
  /** In reading order. */
  digits: z.array(digitSchema),
  /** Confidence of the least certain digit; null if there are no digits. */
  confidence: confidenceSchema.nullable(),
  /** Size in pixels of the frame that was read. */
  frame: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** When this text was first seen. */
  since: timeSchema,
  /** When the frame was taken that completed the reading. */
  capturedAt: timeSchema,
  model: modelReferenceSchema,
  /** Number of the reading within one run of the daemon, from 0, counted separately for each region. */
  seq: z.int().nonnegative(),
});

/** `<base>/<device>/reading`, or `<base>/<device>/region/<name>/reading`: the stable reading. */
export const readingSchema = acceptedSchema.extend({
  /** The current reading that breaks a rule, in addition to the last accepted one; absent if no rule is broken. */
  rejected: z
    .object({
      text: z.string().min(1),
      value: valueSchema.exactOptional(),
      rule: z.enum(['digit-count', 'range', 'monotonic', 'rate']),
      /** One sentence. */
      reason: z.string().min(1),
      since: timeSchema,
      capturedAt: timeSchema,
    })
    .exactOptional(),
});

export const EVENT_TYPES = ['digits_appeared', 'digits_changed', 'digits_cleared'] as const;

/**
 * `<base>/<device>/event`, or `<base>/<device>/region/<name>/event`: a change of the reading. It is sent until the
 * broker has acknowledged it, always with the same `id`.
 */
export const eventSchema = acceptedSchema.extend({ event_type: z.enum(EVENT_TYPES) });

/** Median in milliseconds since the last report; null without measurements. */
const latencySchema = z.number().nonnegative().nullable();

/** `<base>/<device>/health`: the state of the device. */
export const healthSchema = z.object({
  /** Inkcast's version. */
  version: z.string().min(1),
  /** Null if no model could be loaded. */
  model: modelReferenceSchema.nullable(),
  reportedAt: timeSchema,
  uptimeSeconds: z.number().nonnegative(),
  /** Whether reading is paused by request. */
  paused: z.boolean(),
  /** Frames read per second. */
  fps: z.number().nonnegative(),
  /** `total`: from the frame's arrival to its reading. */
  latencyMs: z.object({ vision: latencySchema, inference: latencySchema, total: latencySchema }),
  /** The processor's temperature in degrees Celsius; null if the system does not report it. */
  temperature: z.number().nullable(),
  memory: z.object({ residentBytes: z.int().nonnegative(), systemFreeBytes: z.int().nonnegative() }),
  queue: z.object({
    /** Number of events that the broker has not acknowledged yet. */
    depth: z.int().nonnegative(),
    /** Total number of dropped events: beyond the queue's limits, or permanently refused by the broker. */
    dropped: z.int().nonnegative(),
  }),
  camera: z.enum(['starting', 'running', 'paused', 'failed', 'ended']),
  accelerator: z.object({
    kind: z.enum(['cpu', 'coral', 'wasm', 'inkcast']),
    /** `fallback`: runs without the requested accelerator. */
    status: z.enum(['running', 'fallback', 'failed']),
  }),
  /** The current problems; empty if there are none. */
  problems: z.array(z.object({ code: z.string().regex(/^INK_/), message: z.string().min(1), since: timeSchema })),
});

export const VERBS = [
  'snapshot',
  'pause',
  'resume',
  'config',
  'value',
  'reference',
  'model',
  'labels',
  'info',
] as const;

/** Any string that the requester chooses; the response repeats it. */
const transactionSchema = z.string().max(256);
const requestBase = z.strictObject({ transaction: transactionSchema.optional() });
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal digits');

/** `<base>/<device>/request/<verb>`; an empty payload stands for `{}`. */
export const requestSchemas = {
  snapshot: requestBase.extend({
    /** Whether to draw boxes into the picture. */
    boxes: z.boolean().default(true),
    /** Whether to publish it as the retained picture of the image topic too. */
    publish: z.boolean().default(false),
  }),
  pause: requestBase.extend({
    /** `false` resumes reading, for controls that have only one topic. */
    paused: z.boolean().default(true),
  }),
  resume: requestBase,
  config: requestBase.extend({
    /** Dotted keys and their new values, all or none; without it, the request only returns the values. */
    set: z.record(z.string(), z.json()).optional(),
  }),
  value: requestBase.extend({
    /**
     * The value that the next readings are compared with; null forgets it. Without it, the request only returns the
     * value.
     */
    set: acceptedValueSchema.nullable().optional(),
    /** The region of the value, if the device has named regions. */
    region: regionNameSchema.optional(),
  }),
  reference: requestBase.extend({
    /** `set`: the newest frame becomes the reference picture; `forget`: the reference picture is removed. */
    action: z.enum(['show', 'set', 'forget']).default('show'),
  }),
  labels: requestBase.extend({
    /** The last crop of the response before; without it, the first ones are returned. */
    after: z.ulid().optional(),
    /** How many at most. Fewer are returned if the response would be too large. */
    limit: z.int().min(1).max(200).default(100),
  }),
  model: z.discriminatedUnion('action', [
    requestBase.extend({ action: z.literal('list') }),
    requestBase.extend({ action: z.literal('use'), model: modelReferenceSchema }),
    requestBase.extend({
      action: z.literal('install'),
      /** URL of the packed bundle (`.tar.gz`); either this or `bundle`. */
      url: z.url({ protocol: /^https?$/ }).optional(),
      /** The packed bundle itself. */
      bundle: z.base64().optional(),
      /** Of the packed bundle. */
      sha256: sha256Schema,
      /** Whether to use it at once. */
      use: z.boolean().default(false),
    }),
  ]),
  info: requestBase,
} as const satisfies Record<Verb, z.ZodType>;

const pausedSchema = z.object({ paused: z.boolean() });

const modelEntrySchema = z.object({
  model: modelReferenceSchema,
  architecture: z.string(),
  /** Share of its test pictures that the int8 model reads correctly. */
  accuracy: z.number().min(0).max(1),
  /** Of the classifier. */
  sizeBytes: z.int().positive(),
  /** The bundle's networks that find digits in whole frames; absent on devices without such networks. */
  spotters: z.array(z.object({ size: z.enum(SPOTTER_SIZES), sizeBytes: z.int().positive() })).optional(),
  active: z.boolean(),
});

/** `data` of a response, by verb. */
export const responseDataSchemas = {
  snapshot: z.object({
    contentType: z.literal('image/jpeg'),
    /** The JPEG in base64. */
    image: z.base64(),
    /** Number of frames read before this one since the daemon started; absent on older devices. */
    frame: z.int().nonnegative().exactOptional(),
    capturedAt: timeSchema,
    /** Null before the first reading, and on a device with named regions. */
    reading: readingSchema.nullable(),
    /** The latest readings of the named regions; absent without named regions. */
    readings: z.array(readingSchema).exactOptional(),
  }),
  pause: pausedSchema,
  resume: pausedSchema,
  config: z.object({
    /** The configuration, by dotted key, without secrets. */
    values: z.record(z.string(), z.json()),
    /** Keys that can be set while the daemon runs. */
    live: z.array(z.string()),
  }),
  value: z.object({
    /** The last accepted reading as a number, with its decimal point; null if there is none. */
    value: valueSchema,
    /** When it was last seen or set; null if there is none. */
    capturedAt: timeSchema.nullable(),
  }),
  reference: z.object({
    /** When the reference picture was taken; null if there is none. */
    takenAt: timeSchema.nullable(),
    /** The position of the view relative to it; `none` if there is no reference picture. */
    status: z.enum(['none', 'aligned', 'moved', 'lost']),
    /** How far the view has moved since, to the right and down, as shares of the frame's sides; null if unknown. */
    dx: z.number().nullable(),
    dy: z.number().nullable(),
    /** Whether regions are read at their new positions. */
    followed: z.boolean(),
  }),
  labels: z.object({
    /** Labelled crops in the order in which they came; only if `teaching.share` is set. */
    crops: z.array(
      z.object({
        id: z.ulid(),
        label: z.string(),
        /** Whether it is not learned from, only checked with. */
        heldBack: z.boolean(),
        /** 28x28 bytes of ink, row-major. */
        pixels: z.base64(),
      }),
    ),
    /** What `after` asks for the next ones with; null if there are none. */
    next: z.ulid().nullable(),
  }),
  model: z.object({ models: z.array(modelEntrySchema) }),
  info: z.object({
    device: z.string(),
    version: z.string(),
    model: modelReferenceSchema.nullable(),
    node: z.string(),
    platform: z.string(),
    startedAt: timeSchema,
    paused: z.boolean(),
    verbs: z.array(z.enum(VERBS)),
  }),
} as const satisfies Record<Verb, z.ZodType>;

const responseErrorSchema = z.object({
  code: z.string().regex(/^INK_/),
  message: z.string().min(1),
  remedy: z.string().min(1),
});

const errorResponseSchema = z.object({
  status: z.literal('error'),
  error: responseErrorSchema,
  transaction: transactionSchema.optional(),
});

const answer = <Data extends z.ZodType>(data: Data) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('ok'), data, transaction: transactionSchema.optional() }),
    errorResponseSchema,
  ]);

/** `<base>/<device>/response/<verb>`, or the response topic that the requester named. */
export const responseSchemas = {
  snapshot: answer(responseDataSchemas.snapshot),
  pause: answer(responseDataSchemas.pause),
  resume: answer(responseDataSchemas.resume),
  config: answer(responseDataSchemas.config),
  value: answer(responseDataSchemas.value),
  reference: answer(responseDataSchemas.reference),
  labels: answer(responseDataSchemas.labels),
  model: answer(responseDataSchemas.model),
  info: answer(responseDataSchemas.info),
} as const;

export type MessageBox = z.infer<typeof boxSchema>;
export type Availability = z.infer<typeof availabilitySchema>;
export type ReadingMessage = z.infer<typeof readingSchema>;
export type EventType = (typeof EVENT_TYPES)[number];
export type ReadingEvent = z.infer<typeof eventSchema>;
export type HealthMessage = z.infer<typeof healthSchema>;
export type Verb = (typeof VERBS)[number];
/** A request with its defaults filled in. */
export type Request<V extends Verb> = z.output<(typeof requestSchemas)[V]>;
/** A request as it is sent. */
export type RequestPayload<V extends Verb> = z.input<(typeof requestSchemas)[V]>;
export type ResponseData<V extends Verb> = z.infer<(typeof responseDataSchemas)[V]>;
export type ResponseError = z.infer<typeof responseErrorSchema>;
export type Response<V extends Verb> = z.infer<(typeof responseSchemas)[V]>;
