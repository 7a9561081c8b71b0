import { InkError } from '@inkcast/shared/errors';
import type { IConnackPacket } from 'mqtt';
import type { OutgoingMessage } from './mqtt-message.js';

/** The features that we ask a broker for. */
export interface Offer {
  readonly version: '5' | '3.1.1';
  /** Whether states are retained. */
  readonly retain: boolean;
  /** Maximum quality of service. */
  readonly qos: 0 | 1;
}

/** A feature that a broker may refuse. */
export type Term = keyof Offer;

export const TERMS: readonly Term[] = ['version', 'retain', 'qos'];

/** The reason codes that name a refused feature (MQTT 5.0, sections 3.2.2.2 and 3.14.2.1). */
export const OBJECTIONS: Readonly<Record<number, Term>> = { 132: 'version', 154: 'retain', 155: 'qos' };

export function without(offer: Offer, term: Term): Offer {
  switch (term) {
    case 'version':
      return { ...offer, version: offer.version === '5' ? '3.1.1' : '5' };
    case 'retain':
      return { ...offer, retain: false };
    case 'qos':
      return { ...offer, qos: 0 };
  }
}

/** The message, reduced to the offered features. */
export function asOffered(
  message: OutgoingMessage,
  { retain, qos }: Offer,
): OutgoingMessage & { readonly retain: boolean } {
  return { ...message, retain: retain && message.retain === true, qos: qos === 0 ? 0 : message.qos };
}

/** The part of an offer that remains under the limits in CONNACK (MQTT 5.0, sections 3.2.2.3.4 and 3.2.2.3.5). */
export function grantedOf(offer: Offer, { properties }: IConnackPacket): Offer {
  const { retainAvailable, maximumQoS } = properties ?? {};
  return {
    ...offer,
    retain: offer.retain && retainAvailable !== false,
    qos: maximumQoS === 0 ? 0 : offer.qos,
  };
}

/** For each feature that is not available: what is done instead, and what to set. */
export function concessions(wanted: Offer, had: Offer): ReadonlyMap<Term, InkError> {
  const all: readonly (readonly [Term, InkError])[] = [
    [
      'version',
      new InkError(
        'INK_MQTT_VERSION',
        `The broker does not speak MQTT ${wanted.version}, and MQTT ${had.version} is used; set mqtt.version: "${had.version}".`,
      ),
    ],
    [
      'retain',
      new InkError(
        'INK_MQTT_NO_RETAIN',
        'The broker keeps no retained messages, so that who comes later is told nothing until something changes; allow them at the broker, or set mqtt.retain: false to live with it.',
      ),
    ],
    [
      'qos',
      new InkError(
        'INK_MQTT_NO_QOS',
        'The broker does not offer quality of service 1, so that messages may be lost on their way; allow it at the broker, or set mqtt.qos: 0 to live with it.',
      ),
    ],
  ];
  return new Map(all.filter(([term]) => wanted[term] !== had[term]));
}
