import { z } from 'zod';
import { VERBS, type Verb } from './messages.js';
import { regionNameSchema } from './region-name.js';

/** A device's name in topics. Home Assistant allows no other characters in a discovery topic. */
export const deviceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'a device id of 1 to 64 letters, digits, dashes and underscores');

/**
 * The base of all topics: levels separated by slashes, without wildcards, and not among the broker's own topics
 * (`$SYS`).
 */
export const baseTopicSchema = z
  .string()
  .max(200)
  .regex(/^(?!\$)[^+#/\p{Cc}]+(\/[^+#/\p{Cc}]+)*$/u, 'a topic such as inkcast or home/inkcast, without + and #');

/** Turns a hostname into a device id: `pi.local` becomes `pi-local`. */
export function deviceIdFrom(hostname: string): string {
  return hostname.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64) || 'inkcast';
}

/** The topics for one reading. */
export interface ReadingTopics {
  readonly reading: string;
  readonly event: string;
}

/** The topics of one device. A device with named regions publishes its readings on the regions' topics. */
export interface DeviceTopics extends ReadingTopics {
  readonly availability: string;
  region(name: string): ReadingTopics;
  readonly image: string;
  readonly health: string;
  /** Subscription to the requests of every verb. */
  readonly requests: string;
  request(verb: Verb): string;
  response(verb: Verb): string;
}

/** @param device a device id, or `+` for subscriptions to all devices */
export function deviceTopics(base: string, device: string): DeviceTopics {
  const own = `${base}/${device}`;
  return {
    availability: `${own}/availability`,
    reading: `${own}/reading`,
    event: `${own}/event`,
    region: (name) => ({ reading: `${own}/region/${name}/reading`, event: `${own}/region/${name}/event` }),
    image: `${own}/image`,
    health: `${own}/health`,
    requests: `${own}/request/+`,
    request: (verb) => `${own}/request/${verb}`,
    response: (verb) => `${own}/response/${verb}`,
  };
}

/** The meaning of a topic below the base. */
export type ParsedTopic =
  | { readonly device: string; readonly kind: 'availability' | 'reading' | 'event' | 'image' | 'health' }
  | { readonly device: string; readonly kind: 'reading' | 'event'; readonly region: string }
  | { readonly device: string; readonly kind: 'request' | 'response'; readonly verb: Verb };

/** Undefined for a topic that is not one of Inkcast's. */
export function parseTopic(base: string, topic: string): ParsedTopic | undefined {
  if (!topic.startsWith(`${base}/`)) return undefined;
  const [device, kind, verb, ...more] = topic.slice(base.length + 1).split('/');
  if (!deviceIdSchema.safeParse(device).success) return undefined;
  if (kind === 'region') return parsedRegion(device, verb, more);
  if (more.length > 0) return undefined;
  switch (kind) {
    case 'availability':
    case 'reading':
    case 'event':
    case 'image':
    case 'health':
      return verb === undefined ? { device, kind } : undefined;
    case 'request':
    case 'response': {
      const known = VERBS.find((one) => one === verb);
      return known === undefined ? undefined : { device, kind, verb: known };
    }
    default:
      return undefined;
  }
}

function parsedRegion(device: string, name: string | undefined, rest: readonly string[]): ParsedTopic | undefined {
  const [kind] = rest;
  const { data: region } = regionNameSchema.safeParse(name);
  if (region === undefined || rest.length !== 1 || (kind !== 'reading' && kind !== 'event')) return undefined;
  return { device, kind, region };
}

/** The topic of Home Assistant's device-based discovery. */
export function discoveryTopic(prefix: string, device: string): string {
  return `${prefix}/device/inkcast_${device}/config`;
}
