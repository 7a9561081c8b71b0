import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { IConnackPacket, MqttClient } from 'mqtt';
import { LOOKED_AT, mayAnswerConnect, StrangeAnswer } from './strange-answer.js';

/** A CONNACK of MQTT 3.1.1 has two bytes, one of MQTT 5 at least three (sections 3.2 of both). */
const OLD_CONNACK_LENGTH = 2;
/** MQTT 5.0, section 3.2.2.2. */
const UNSUPPORTED_VERSION = 132;

/**
 * Resolves with CONNACK; rejects with what went wrong before it: the broker's reason code, an error of the network or of
 * TLS, or a `StrangeAnswer`.
 *
 * @param timeoutMs after which what does not answer is left alone
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
    // The package itself waits for ever for the rest of a CONNACK that is too short.
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
    // Otherwise the system holds small messages back until those before have arrived (Nagle's algorithm).
    if (stream instanceof Socket) stream.setNoDelay(true);
    // Errors without a code, such as those of WebSockets, are not passed on by the client.
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

/** The connection was closed without an answer: all that MQTT 3.1.1 has to say of what is against the protocol. */
export class SilentClose extends Error {
  constructor() {
    super('it closed the connection without an answer');
  }
}

/** Whether a connection was closed with something unread: the client may learn so when it reads or when it writes. */
function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Whether CONNACK has said no: only that has a number for a code. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
