import type { LiveHeader } from '../messages.js';
import type { SeenFrame, WebDevice } from '../web-device.js';
import type { LivePicture } from './live-picture.js';

/** What is told beside a picture. @param picture undefined where only the header is sent */
export function liveHeader(
  device: WebDevice,
  seen: SeenFrame | undefined,
  picture: LivePicture | undefined,
  fps: number,
): LiveHeader {
  const { readings, paused } = device;
  const scale = picture === undefined || seen === undefined ? 1 : picture.width / seen.frame.width;
  return {
    frame: seen?.number ?? null,
    time: seen?.frame.capturedAt.toISOString() ?? null,
    width: picture?.width ?? seen?.frame.width ?? 0,
    height: picture?.height ?? seen?.frame.height ?? 0,
    boxes: (seen?.reading?.digits ?? []).map(({ box, digit, confidence }) => ({
      ...scaled(box, scale),
      digit,
      confidence,
    })),
    candidates: (seen?.reading?.rejected ?? []).map(({ box, reason }) => ({ ...scaled(box, scale), reason })),
    readings: readings.map(({ region, text, confidence, since }) => ({
      ...(region === undefined ? {} : { region }),
      text,
      confidence,
      since,
    })),
    fps,
    latencyMs: seen === undefined ? null : Number(seen.latencyMs.toFixed(1)),
    paused,
  };
}

/** Header and picture in one message: the header's length in bytes as uint32, little-endian, the header, the JPEG. */
export function liveMessage(header: LiveHeader, jpeg: Uint8Array = new Uint8Array()): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, jpeg]);
}

function scaled({ x, y, width, height }: { x: number; y: number; width: number; height: number }, by: number) {
  const round = (value: number) => Number((value * by).toFixed(1));
  return { x: round(x), y: round(y), width: round(width), height: round(height) };
}
