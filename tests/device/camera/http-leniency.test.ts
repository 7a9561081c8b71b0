import assert from 'node:assert/strict';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { HttpSource } from '@inkcast/device/camera';
import sharp from 'sharp';
import { failureOf, options, PICTURES, shades, withServer } from './support/http-camera.js';
import { Recorder } from './support/recorder.js';

describe('a camera that breaks the rules of HTTP', () => {
  /** A stream as a camera sends it that has its own idea of multipart messages. */
  const streams: readonly (readonly [what: string, type: string | undefined, before: string])[] = [
    ['a boundary with spaces around the equals sign', 'multipart/x-mixed-replace; boundary = frame', '--frame\r\n\r\n'],
    ['a boundary in single quotes', "multipart/x-mixed-replace;boundary='frame'", '--frame\r\n\r\n'],
    ['a boundary in quotes with spaces', 'multipart/x-mixed-replace;boundary=" frame "', '--frame\r\n\r\n'],
    ['no boundary', 'multipart/x-mixed-replace', '--frame\r\nContent-Type: image/jpeg\r\n\r\n'],
    [
      'another boundary on the wire',
      'multipart/x-mixed-replace;boundary=one',
      '--two\r\nContent-Type: image/jpeg\r\n\r\n',
    ],
    [
      'a boundary without dashes',
      'multipart/x-mixed-replace;boundary=frame',
      'frame\r\nContent-Type: image/jpeg\r\n\r\n',
    ],
    ['the name of another type', 'text/plain', '--frame\r\nContent-Type: image/jpeg\r\n\r\n'],
    ['the type of one picture', 'image/jpeg', '--frame\r\nContent-Type: image/jpeg\r\n\r\n'],
    ['no type', undefined, '--frame\r\nContent-Type: image/jpeg\r\n\r\n'],
    ['parts as text', 'multipart/x-mixed-replace;boundary=frame', '--frame\r\nContent-Type: text/plain\r\n\r\n'],
    ['a length that is wrong', 'multipart/x-mixed-replace;boundary=frame', '--frame\r\nContent-Length: 99\r\n\r\n'],
    ['pictures alone, called a video', 'video/x-motion-jpeg', ''],
    ['pictures alone, called bytes', 'application/octet-stream', ''],
  ];
  for (const [what, type, before] of streams) {
    for (const whole of [true, false]) {
      it(`field report 17: reads a stream with ${what}${whole ? '' : ', of JPEGs without their end marker'}`, () =>
        withServer(
          (_, response) => {
            if (type !== undefined) response.setHeader('content-type', type);
            const send = (count: number) => {
              if (response.destroyed) return;
              const picture = PICTURES[count % 3];
              response.write(before);
              response.write(whole ? picture : picture.subarray(0, -2));
              response.write('\r\n', () => setTimeout(() => send(count + 1), 15));
            };
            send(0);
          },
          async (url) => {
            const recorder = new Recorder();
            const source = new HttpSource(options(url));
            await source.start(recorder);
            await recorder.until(({ frames, ended }) => ended || shades(frames).length === 3);
            await source.stop();
            assert.deepEqual([recorder.failure, recorder.faults], [undefined, []]);
          },
        ));
    }
  }

  for (const [types, formats] of [
    [['text/plain', 'text/html', 'image/png', 'application/octet-stream', undefined], ['jpeg']],
    [['application/octet-stream'], ['png', 'webp', 'avif', 'tiff']],
  ] as const) {
    const snapshots = types.flatMap((type) => formats.map((format) => ({ type, format })));
    for (const { type, format } of snapshots) {
      it(`field report 17: polls a snapshot in ${format} that is sent as ${type ?? 'nothing at all'}`, async () => {
        const picture = await sharp(PICTURES[1]).toFormat(format).toBuffer();
        await withServer(
          (_, response) => {
            if (type !== undefined) response.setHeader('content-type', type);
            response.write(picture.subarray(0, 5));
            response.end(picture.subarray(5));
          },
          async (url) => {
            const recorder = new Recorder();
            const source = new HttpSource(options(url));
            await source.start(recorder);
            await recorder.until(({ frames, ended }) => ended || frames.length === 2);
            await source.stop();
            assert.deepEqual([recorder.failure, recorder.faults], [undefined, []]);
            assert.ok(Math.abs(recorder.frames[1].gray[100] - 120) < 4);
          },
        );
      });
    }
  }

  it('field report 17: polls a JPEG without its end marker, and one whose length is told too long', () =>
    withServer(
      (_, response) => {
        response.writeHead(200, { 'content-length': PICTURES[0].length + 20 });
        response.write(PICTURES[0], () => response.destroy());
      },
      async (cut) => {
        await withServer(
          (_, response) => response.end(PICTURES[0].subarray(0, -2)),
          async (unmarked) => {
            for (const url of [cut, unmarked]) {
              const recorder = new Recorder();
              const source = new HttpSource(options(url));
              await source.start(recorder);
              await recorder.until(({ frames, ended }) => ended || frames.length === 3);
              await source.stop();
              assert.equal(recorder.failure, undefined);
            }
          },
        );
      },
    ));

  for (const [encoding, compress] of [
    ['gzip', createGzip],
    ['x-gzip', createGzip],
    ['deflate', createDeflate],
    ['br', createBrotliCompress],
  ] as const) {
    it(`field report 17: reads a snapshot and a stream that come compressed (${encoding})`, () =>
      withServer(
        ({ url }, response) => {
          const type = url?.endsWith('stream') ? 'multipart/x-mixed-replace;boundary=frame' : 'image/jpeg';
          response.writeHead(200, { 'content-type': type, 'content-encoding': encoding });
          const body = compress();
          body.pipe(response);
          if (type === 'image/jpeg') {
            body.end(PICTURES[1]);
            return;
          }
          const send = (count: number) => {
            if (response.destroyed) return;
            body.write('--frame\r\nContent-Type: image/jpeg\r\n\r\n');
            body.write(PICTURES[count % 3]);
            body.flush(() => setTimeout(() => send(count + 1), 15));
          };
          send(0);
        },
        async (url) => {
          for (const address of [url, `${url}/stream`]) {
            const recorder = new Recorder();
            const source = new HttpSource(options(address));
            await source.start(recorder);
            await recorder.until(({ frames, ended }) => ended || frames.length === 2);
            await source.stop();
            assert.deepEqual([recorder.failure, recorder.faults], [undefined, []]);
          }
        },
      ));
  }

  it('field report 16: says in one line that something else than HTTP answers, or no TLS', async () => {
    await withServer(
      ({ socket }) => socket.end('220 ready\r\n'),
      async (url) => {
        assert.match(await failureOf(new HttpSource(options(url))), /: it does not speak HTTP there \(.*\)\.$/);
        const encrypted = new HttpSource(options(url.replace('http:', 'https:')));
        assert.match(
          await failureOf(encrypted),
          /: it does not speak TLS there; write http:\/\/ instead of https:\/\/\.$/,
        );
      },
    );
  });

  it('field report 18: refuses a HEIC snapshot by name', () =>
    withServer(
      (_, response) => response.end('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
      async (url) => {
        const recorder = new Recorder();
        const source = new HttpSource(options(url));
        await source.start(recorder);
        await recorder.until(({ faults, ended }) => ended || faults.length > 0);
        await source.stop();
        assert.match(recorder.faults[0].message, /is a HEIC picture, which Inkcast does not read\.$/);
      },
    ));
});
