import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Frame, HttpSource } from '@inkcast/device/camera';
import { httpOptions } from '@inkcast/device/camera/options';
import sharp from 'sharp';
import { Recorder } from './recorder.js';

/** A gray JPEG of 32 x 16 pixels. */
function jpeg(value: number): Promise<Buffer> {
  return sharp({ create: { width: 32, height: 16, channels: 3, background: { r: value, g: value, b: value } } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** The shades of gray that were shown, in their order. */
export const shades = (frames: readonly Frame[]) => [...new Set(frames.map(({ gray }) => gray[100]))];

export const PICTURES = await Promise.all([20, 120, 220].map(jpeg));

/** Runs a server while `work` does. */
export async function withServer(
  answer: RequestListener,
  work: (url: string, server: Server) => Promise<void>,
): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  try {
    await work(`http://127.0.0.1:${address.port}/camera`, server);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

export const options = (url: string, more: object = {}) =>
  httpOptions.parse({ source: 'http', url, rate: 100, ...more });

export async function failureOf(source: HttpSource): Promise<string> {
  const recorder = new Recorder();
  await source.start(recorder);
  await recorder.until(({ ended }) => ended);
  await source.stop();
  assert.equal(recorder.failure?.code, 'INK_CAMERA_FAILED');
  return recorder.failure?.message ?? '';
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary="frame"' });
}

export function sendPart(response: ServerResponse, picture: Uint8Array): void {
  response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
  response.write(picture);
  response.write('\r\n');
}

/** Sends a part again and again, since one that comes too soon is more than the rate asks for. */
export async function sendUntilFrame(
  response: ServerResponse,
  recorder: Recorder,
  picture = PICTURES[0],
): Promise<void> {
  const before = recorder.frames.length;
  const again = setInterval(() => sendPart(response, picture), 10);
  await recorder.until(({ frames }) => frames.length > before);
  clearInterval(again);
}
