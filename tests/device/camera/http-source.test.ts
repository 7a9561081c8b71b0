import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { createCamera, HttpSource } from '@inkcast/device/camera';
import { freePort } from '@inkcast/lab/broker';
import { needsProgram } from '../../support/programs.js';
import { HandClock, settled } from './support/hand-clock.js';
import {
  beginStream,
  failureOf,
  options,
  PICTURES,
  sendPart,
  sendUntilFrame,
  shades,
  withServer,
} from './support/http-camera.js';
import { movingPictures, withProgram } from './support/program.js';
import { Recorder } from './support/recorder.js';

describe('a camera over HTTP', () => {
  it('streams MJPEG, and leaves no connection', () =>
    withServer(
      (_, response) => beginStream(response),
      async (url, server) => {
        const recorder = new Recorder();
        const source = new HttpSource(options(url));
        server.on('request', async (_, response: ServerResponse) => {
          for (const [count, picture] of PICTURES.entries()) {
            // Again and again, since one that comes too soon is more than the rate asks for.
            const again = setInterval(() => sendPart(response, picture), 10);
            await recorder.until(({ frames }) => shades(frames).length > count);
            clearInterval(again);
          }
        });
        await source.start(recorder);
        await recorder.until(({ frames }) => shades(frames).length === 3);
        await source.stop();
        assert.deepEqual(shades(recorder.frames), [20, 120, 220]);
        for (const [number, { width, height, sequence }] of recorder.frames.entries()) {
          assert.deepEqual([width, height, sequence], [32, 16, number]);
        }
        assert.equal(recorder.ended, false);
        const connections = promisify(server.getConnections.bind(server));
        while ((await connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
      },
    ));

  it('goes on past a broken picture of a stream, and says so; ends when the stream does', () => {
    const recorder = new Recorder();
    return withServer(
      async (_, response) => {
        beginStream(response);
        sendPart(response, Buffer.from('broken'));
        await recorder.until(({ faults }) => faults.length > 0);
        // Again and again, since one that comes too soon is more than the rate asks for.
        const again = setInterval(() => sendPart(response, PICTURES[0]), 10);
        await recorder.until(({ frames }) => frames.length > 0);
        clearInterval(again);
        response.end();
      },
      async (url) => {
        const source = new HttpSource(options(url));
        await source.start(recorder);
        await recorder.until(({ ended }) => ended);
        await source.stop();
        assert.match(recorder.faults[0].message, /^A picture from http:.* cannot be decoded/);
        assert.match(recorder.failure?.message ?? '', /ended its stream\.$/);
      },
    );
  });

  it('polls a snapshot, with basic authentication', () => {
    let asked = 0;
    return withServer(
      ({ headers }, response) => {
        const pair = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
        const known = pair === 'me:s:e/cret';
        response.writeHead(known ? 200 : 401, { 'content-type': 'image/jpeg' }).end(PICTURES[asked % 3]);
        asked++;
      },
      async (url) => {
        for (const source of [
          new HttpSource(options(url, { username: 'me', password: 's:e/cret' })),
          new HttpSource(options(url.replace('//', '//me:s%3Ae%2Fcret@'))),
        ]) {
          const recorder = new Recorder();
          await source.start(recorder);
          // A picture that comes too soon is dropped, so that more than three may be asked for.
          await recorder.until(({ frames, ended }) => ended || shades(frames).length === 3);
          await source.stop();
          assert.equal(recorder.failure, undefined);
        }
        const refused = await failureOf(new HttpSource(options(url.replace('//', '//me:wrong@'))));
        assert.equal(refused, `${url} answered 401 Unauthorized.`);
      },
    );
  });

  it('gives up an answer that does not come, or does not end, in time', async () => {
    for (const answer of [
      () => {},
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'image/jpeg' });
        response.write('the beginning');
      },
    ]) {
      await withServer(
        (_, response) => answer(response),
        async (url) => {
          const message = await failureOf(new HttpSource(options(url, { timeoutMs: 100 })));
          assert.equal(message, `${url} did not answer within 100 ms.`);
        },
      );
    }
  });

  it('field report 13: one snapshot in ten that fails is a missed frame, and the camera keeps running', () => {
    const ASKED = 30;
    let asked = 0;
    let goOn = (): void => {};
    const wentOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    return withServer(
      (_, response) => {
        asked++;
        // The last request stays open, so that what came until then can be counted.
        if (asked > ASKED) return goOn();
        if (asked % 20 === 0) response.writeHead(200, { 'content-length': 1000 }).write('it', () => response.destroy());
        else if (asked % 10 === 0) response.writeHead(500).end('busy');
        else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PICTURES[asked % 3]);
      },
      async (url) => {
        const recorder = new Recorder();
        const states: string[] = [];
        const camera = createCamera(options(url), { report: ({ name }) => states.push(name) });
        await camera.start(recorder);
        await wentOn;
        assert.deepEqual(states, ['starting', 'running']);
        assert.equal(recorder.faults.length, ASKED / 10);
        // A picture that comes while one is decoded takes its place.
        assert.ok(recorder.frames.length > ASKED / 2, `${recorder.frames.length} frames`);
        await camera.stop();
        assert.match(recorder.faults[0].message, /answered 500 Internal Server Error\.$/);
        assert.match(recorder.faults[1].message, /cannot be read/);
      },
    );
  });

  it('field report 13: a camera of which three snapshots in a row fail has failed', () => {
    let asked = 0;
    return withServer(
      (_, response) => {
        asked++;
        const status = asked < 4 ? 200 : 503;
        response.writeHead(status, { 'content-type': 'image/jpeg' }).end(PICTURES[0]);
      },
      async (url) => {
        assert.match(await failureOf(new HttpSource(options(url))), /answered 503 Service Unavailable\.$/);
        assert.equal(asked, 6);
      },
    );
  });

  it('field report 13: a stream that is closed every 10 s is asked for again at once each time', () =>
    withServer(
      (_, response) => beginStream(response),
      async (url, server) => {
        const clock = new HandClock();
        const recorder = new Recorder();
        const camera = createCamera(options(url), { clock });
        let asked = once(server, 'request');
        await camera.start(recorder);
        for (let streams = 1; streams <= 5; streams++) {
          const [, response] = await asked;
          for (const _ of PICTURES) {
            await sendUntilFrame(response, recorder);
            await clock.advance(5000);
          }
          asked = once(server, 'request');
          response.end();
          await recorder.until(({ faults }) => faults.length === streams);
          await settled();
          await clock.advance(250);
        }
        await asked;
        await camera.stop();
      },
    ));

  it('says what it found instead of a camera', async () => {
    await withServer(
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      async (url) => {
        const message = await failureOf(new HttpSource(options(url)));
        assert.equal(message, `${url} answers with text/html, which is neither a picture nor a stream of pictures.`);
      },
    );
    const nobody = await failureOf(new HttpSource(options(`http://127.0.0.1:${await freePort()}/`)));
    assert.match(nobody, /cannot be read: connect ECONNREFUSED/);
  });

  it('is stopped while it waits for its first answer, or for a later one', async () => {
    for (const answered of [0, 2]) {
      let asked = 0;
      let waiting = () => {};
      const last = new Promise<void>((resolve) => {
        waiting = resolve;
      });
      const answer = (_: unknown, response: ServerResponse) => {
        asked++;
        if (asked > answered) waiting();
        else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PICTURES[0]);
      };
      await withServer(answer, async (url) => {
        const recorder = new Recorder();
        const source = new HttpSource(options(url));
        await source.start(recorder);
        await last;
        await source.stop();
        assert.equal(recorder.ended, false);
      });
    }
  });

  it('field report 15: is not called silent before its own time-out is over', () =>
    withServer(
      () => {},
      async (url) => {
        const clock = new HandClock();
        const recorder = new Recorder();
        const states: string[] = [];
        const camera = createCamera(options(url, { timeoutMs: 60_000 }), {
          clock,
          report: ({ name }) => states.push(name),
        });
        await camera.start(recorder);
        await clock.advance(59_999);
        assert.deepEqual(states, ['starting']);
        await clock.advance(1000);
        await recorder.until(({ faults }) => faults.length > 0);
        await camera.stop();
        assert.equal(recorder.faults[0].code, 'INK_CAMERA_SILENT');
      },
    ));

  it('reads the MJPEG stream that ffmpeg serves, as soon as it does', async function () {
    needsProgram(this, 'ffmpeg');
    const url = `http://127.0.0.1:${await freePort()}/stream.mjpg`;
    const serve = ['-f', 'mpjpeg', '-content_type', 'multipart/x-mixed-replace;boundary=ffmpeg', '-listen', '1', url];
    const recorder = new Recorder();
    const camera = createCamera(options(url), { retryDelays: { firstMs: 50, maxMs: 200 } });
    await withProgram('ffmpeg', [...movingPictures('320x240', 20), ...serve], async () => {
      await camera.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 5);
      await camera.stop();
    });
    assert.deepEqual([recorder.frames[4].width, recorder.frames[4].height], [320, 240]);
  });
});
