import { Socket } from 'node:net';
import type { IConnackPacket, MqttClient } from 'mqtt';
import { LOOKED_AT, mayAnswerConnect, StrangeAnswer } from './strange-answer.js';

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
    client.on('error', note);
    // Otherwise the system holds small messages back until those before have arrived (Nagle's algorithm).
    if (stream instanceof Socket) stream.setNoDelay(true);
    // Errors without a code, such as those of WebSockets, are not passed on by the client.
    stream.on('error', note);
    stream.on('data', look);
    client.once('connect', (connack) => {
      finish();
      resolve(connack);
    });
    client.once('close', () => {
      finish();
      if (answer.length > 0 && !isRefusal(failure)) reject(new StrangeAnswer(answer));
      else reject(failure ?? new SilentClose());
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

/** Whether CONNACK has said no: only that has a number for a code. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
