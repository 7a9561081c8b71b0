import type { IPublishPacket } from 'mqtt';
import { generate } from 'mqtt-packet';
import type { IncomingMessage, OutgoingMessage } from './mqtt-message.js';

/** Converts a message from the package's form. */
export function incoming(topic: string, payload: Buffer, { retain, properties }: IPublishPacket): IncomingMessage {
  return {
    topic,
    payload,
    retained: retain,
    responseTopic: properties?.responseTopic,
    correlationData: properties?.correlationData,
  };
}

/** The properties of a message that only MQTT 5 transmits. */
export function propertiesOf(message: OutgoingMessage): NonNullable<IPublishPacket['properties']> {
  const { payload, contentType, expirySeconds, responseTopic, correlationData } = message;
  return {
    payloadFormatIndicator: typeof payload === 'string',
    ...(contentType === undefined ? {} : { contentType }),
    ...(expirySeconds === undefined ? {} : { messageExpiryInterval: expirySeconds }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData }),
  };
}

/** Bytes of the packet of a message (MQTT 5.0, section 3.3). Only MQTT 5 has limits of packets. */
export function packetSize(message: OutgoingMessage & { readonly retain: boolean }): number {
  const { topic, payload, qos, retain } = message;
  // The length of a packet depends on that of its payload, so the payload is a part of what is measured.
  const packet = {
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos,
    retain,
    dup: false,
    messageId: 1,
  } as const;
  return generate({ ...packet, properties: propertiesOf(message) }, { protocolVersion: 5 }).length;
}

/** The broker's reason code; undefined if the broker has not answered. */
export function reasonOf(error: Error): number | undefined {
  if ('code' in error && typeof error.code === 'number') return error.code;
  // The error of a refused subscription contains the broker's packet instead.
  if (!('packet' in error) || typeof error.packet !== 'object' || error.packet === null) return undefined;
  const granted = 'granted' in error.packet && Array.isArray(error.packet.granted) ? error.packet.granted : [];
  return granted.find((code): code is number => typeof code === 'number' && code >= 128);
}
