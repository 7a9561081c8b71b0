import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { IConnackPacket, MqttClient } from 'mqtt';
import { LOOKED_AT, mayAnswerConnect, StrangeAnswer } from './strange-answer.js';

/** A CONNACK of MQTT 3.1.1 has two bytes, one of MQTT 5 at least three (section 3.2 of both). */
const OLD_CONNACK_LENGTH = 2;
/** MQTT 5.0, section 3.2.2.2. */
const UNSUPPORTED_VERSION = 132;

/**
 * Resolves with CONNACK. Rejects with the broker's reason code, a network or TLS error, or a `StrangeAnswer`.
 *
 * @param timeoutMs maximum time for an answer
 */
export function handshake(client: MqttClient, timeoutMs: number, signal: AbortSignal): Promise<IConnackPacket> {
  return new Promise((resolve, reject) => {
    const { stream } = client;
    const abort = () => client.end(true);
    let failure: unknown;
    let isOpen = false;
    let answer: Buffer = Buffer.alloc(0);
    const note = (error: unknown) => {
      failure ??= error;
    };
    const look = (bytes: Buffer) => {
      if (answer.length < LOOKED_AT) answer = Buffer.concat([answer, bytes.subarray(0, LOOKED_AT)]);
      if (!mayAnswerConnect(answer)) stream.destroy();
    };
    // The package itself waits for ever if a CONNACK is too short.
    const timer = setTimeout(() => {
      note(new Error('it does not answer'));
      stream.destroy();
    }, timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      stream.off('data', look);
      signal.removeEventListener('abort', abort);
    };
    stream.once(stream instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      isOpen = true;
    });
    client.on('error', note);
    // Otherwise the system delays small messages until earlier ones have arrived (Nagle's algorithm).
    if (stream instanceof Socket) stream.setNoDelay(true);
    // The client does not pass on errors without a code, such as those of WebSockets.
    stream.on('error', note);
    stream.on('data', look);
    client.once('connect', (connack) => {
      finish();
      if (client.options.protocolVersion !== 5 || connack.length !== OLD_CONNACK_LENGTH) return resolve(connack);
      client.end(true);
      reject(Object.assign(new Error('it answers in MQTT 3.1.1'), { code: UNSUPPORTED_VERSION }));
    });
    client.once('close', () => {
      finish();
      if (signal.aborted) reject(signal.reason);
      else if (answer.length > 0 && !isRefusal(failure)) reject(new StrangeAnswer(answer));
      else if (failure === undefined || (isOpen && isReset(failure))) reject(new SilentClose());
      else reject(failure);
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}

/** The connection was closed without an answer, which is how MQTT 3.1.1 reports protocol errors. */
export class SilentClose extends Error {
  constructor() {
    super('it closed the connection without an answer');
  }
}

/** Whether the connection was closed with unread data. The client may notice this when it reads or when it writes. */
function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Whether CONNACK has refused the connection; only then is the code a number. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
