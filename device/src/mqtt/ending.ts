import { InkError } from '@inkcast/shared/errors';
import type { MqttClient } from 'mqtt';
import { OBJECTIONS, type Term } from './offer.js';
import { reasonFor } from './reason-codes.js';

/** How a connection has ended. */
export interface Ending {
  readonly reason: InkError;
  /** Whether a sent message may be the cause. */
  readonly byMessage: boolean;
  /** Whether the cause is known, so that it need not be guessed. */
  readonly isExplained: boolean;
  /** The feature that the broker refuses, if it names one. */
  readonly objection?: 'retain' | 'qos';
}

/** Reason codes that no message causes (MQTT 5.0, section 2.4). */
const BLAMELESS_REASONS = [137, 139, 141, 142, 152, 156, 157, 159, 160];
/** Reason codes that name no cause (MQTT 5.0, section 2.4). */
const VAGUE_REASONS = [0, 128];
/** Node's error codes for a failed network. */
const NETWORK_FAILURES = ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ECONNABORTED'];

/**
 * Resolves when the connection is closed, with the last known reason. The connection is also closed after the broker's
 * DISCONNECT and after any error of the package, because the package would keep a socket open whose data it can no
 * longer parse.
 */
export function endingOf(client: MqttClient, broker: string, clientId: string): Promise<Ending> {
  return new Promise((resolve) => {
    let ending: Ending | undefined;
    client.on('disconnect', ({ reasonCode = 0 }) => {
      const happened = `The broker ${broker} ended the connection, because ${reasonFor(reasonCode)}`;
      const reason =
        reasonCode === 142
          ? new InkError('INK_MQTT_CLIENT_ID', `${happened}, ${clientId}.`)
          : new InkError('INK_MQTT_LOST', `${happened}.`);
      const isExplained = !VAGUE_REASONS.includes(reasonCode);
      const byMessage = !BLAMELESS_REASONS.includes(reasonCode);
      ending = withObjection({ reason, byMessage, isExplained }, OBJECTIONS[reasonCode]);
      client.stream.destroy();
    });
    client.on('error', (error) => {
      const happened = `The connection to ${broker} broke: ${error.message}.`;
      const reason = new InkError('INK_MQTT_LOST', happened, { cause: error });
      // An error without a code is one of the protocol, which the package has found.
      ending ??= { reason, byMessage: !isNetwork(error), isExplained: !('code' in error) };
      client.stream.destroy();
    });
    client.once('close', () => {
      const closed = new InkError('INK_MQTT_LOST', `The broker ${broker} closed the connection.`);
      resolve(ending ?? { reason: closed, byMessage: true, isExplained: false });
    });
  });
}

function withObjection(ending: Ending, term: Term | undefined): Ending {
  // The message itself is not the cause.
  return term === 'retain' || term === 'qos' ? { ...ending, byMessage: false, objection: term } : ending;
}

/** Whether the network failed, rather than one side of the connection. */
function isNetwork(error: Error): boolean {
  if (error.message === 'Keepalive timeout') return true;
  return 'code' in error && typeof error.code === 'string' && NETWORK_FAILURES.includes(error.code);
}

/** The ending for a broker that has never acknowledged anything. It may support only quality of service 0. */
export function unacknowledged(broker: string): Ending {
  const happened = `The broker ${broker} has acknowledged none of our messages.`;
  return { reason: new InkError('INK_MQTT_LOST', happened), byMessage: false, isExplained: true, objection: 'qos' };
}

/** The ending for a broker that has stopped acknowledging. @param what was not acknowledged for `waitedMs` */
export function fallenSilent(broker: string, what: string, waitedMs: number): Ending {
  const happened = `The broker ${broker} has not acknowledged ${what} for ${waitedMs / 1000} s, though the connection stood.`;
  return { reason: new InkError('INK_MQTT_UNACKNOWLEDGED', happened), byMessage: true, isExplained: true };
}

/** Whether a message failed only because its connection was lost, which is reported separately. */
export function isConnectionLoss({ code }: InkError): boolean {
  return code === 'INK_MQTT_LOST' || code === 'INK_MQTT_CLIENT_ID' || code === 'INK_MQTT_UNACKNOWLEDGED';
}
