import assert from 'node:assert/strict';
import { once } from 'node:events';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { LivePage } from './support/live-page.js';
import { served } from './support/served.js';

describe('the live socket', () => {
  it('sends a picture with its boxes, and the newest one once that is drawn', () =>
    served(async ({ url, device }) => {
      device.show({ value: 40 });
      const page = await LivePage.open(url);
      const { header, jpeg } = await page.hasPictures(1);
      assert.deepEqual([header.frame, header.width, header.height], [0, 64, 48]);
      assert.deepEqual(header.boxes, [{ x: 8, y: 8, width: 16, height: 24, digit: 4, confidence: 0.9 }]);
      assert.equal(header.readings[0].text, '407');
      const { data, info } = await sharp(jpeg).grayscale().raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height], [64, 48]);
      assert.ok(Math.abs(data[0] - 40) < 4);
      for (let frame = 0; frame < 5; frame++) device.show();
      page.say({ ack: 0 });
      assert.equal((await page.hasPictures(2)).header.frame, 5);
      page.close();
    }));

  it('sends the JPEG of the camera as it came, with boxes in its pixels', () =>
    served(async ({ url, device }) => {
      const bytes = await sharp({ create: { width: 128, height: 96, channels: 3, background: 'red' } })
        .jpeg()
        .toBuffer();
      device.show({ jpeg: { bytes, width: 128, height: 96 } });
      const page = await LivePage.open(url);
      const { header, jpeg } = await page.hasPictures(1);
      assert.deepEqual(jpeg, bytes);
      assert.deepEqual([header.width, header.height], [128, 96]);
      assert.deepEqual(header.boxes, [{ x: 16, y: 16, width: 32, height: 48, digit: 4, confidence: 0.9 }]);
      page.close();
    }));

  it('never has two pictures on their way to a page', () =>
    served(async ({ url, device }) => {
      device.show();
      const [page, other] = [await LivePage.open(url), await LivePage.open(url)];
      await Promise.all([page.hasPictures(1), other.hasPictures(1)]);
      // Another page that draws what it is sent shows that pictures go on being made.
      for (let drawn = 1; drawn < 5; drawn++) {
        device.show();
        other.say({ ack: drawn - 1 });
        await other.hasPictures(drawn + 1);
      }
      assert.equal(page.pictures.length, 1);
      page.say({ ack: 7 });
      page.say({ ack: 0 });
      assert.equal((await page.hasPictures(2)).header.frame, 4);
      page.close();
      other.close();
    }));

  it('says every second that the device is there, also before the first frame', () =>
    served(async ({ url, device }) => {
      const page = await LivePage.open(url);
      while (page.messages.length < 1) await once(page.socket, 'seen');
      assert.deepEqual(page.messages[0].header.frame, null);
      assert.equal(page.messages[0].jpeg.length, 0);
      device.show();
      await page.hasPictures(1);
      const before = page.messages.length;
      while (page.messages.length === before) await once(page.socket, 'seen');
      assert.deepEqual([page.messages[before].header.frame, page.messages[before].jpeg.length], [0, 0]);
      page.close();
    }));

  it('tries once to make a picture of a frame, and then waits for the next frame', () =>
    served(async ({ url, device }) => {
      const seen = device.show();
      let attempts = 0;
      const frame = {
        ...seen.frame,
        get gray(): Uint8Array {
          attempts++;
          // Too few pixels for its size.
          return new Uint8Array(1);
        },
      };
      device.seen = { ...seen, frame };
      const page = await LivePage.open(url);
      // Signs come every second, attempts came ten times as often.
      while (page.messages.length < 2) await once(page.socket, 'seen');
      assert.deepEqual([attempts, page.pictures.length], [1, 0]);
      device.show();
      assert.equal((await page.hasPictures(1)).header.frame, 1);
      page.close();
    }));

  it('sends nothing to a page that is hidden', () =>
    served(async ({ url, device }) => {
      const [hidden, other] = [await LivePage.open(url), await LivePage.open(url)];
      hidden.say({ pause: true });
      // What is said on one connection is heard in order: an answer to the ping comes after the pause was heard.
      hidden.socket.ping();
      await once(hidden.socket, 'pong');
      device.show();
      await other.hasPictures(1);
      assert.equal(hidden.pictures.length, 0);
      hidden.say({ pause: false });
      await hidden.hasPictures(1);
      hidden.close();
      other.close();
    }));

  it('is closed to whoever says what is not understood', () =>
    served(async ({ url }) => {
      for (const message of ['{', '{"ack":-1}', '{"ack":1,"more":1}', Buffer.from([1]), 'x'.repeat(5000)]) {
        const socket = new WebSocket(`${url.replace('http', 'ws')}api/live`);
        socket.on('error', () => {});
        await once(socket, 'open');
        socket.send(message);
        const [code] = await once(socket, 'close');
        assert.ok(code === 1008 || code === 1009, `${message}: ${code}`);
      }
    }));

  it('is not kept by a page that is gone', () =>
    served(async ({ url, device, server }) => {
      const before = device.listeners;
      const page = await LivePage.open(url);
      const events = new WebSocket(`${url.replace('http', 'ws')}api/events`);
      await once(events, 'message');
      assert.equal(device.listeners, before + 1);
      page.close();
      events.terminate();
      await server.stop();
      assert.equal(device.listeners, 0);
    }));
});

describe('a page that hangs', () => {
  it('delays no frame and no other page, and is sent no more than was on its way', () =>
    served(async ({ url, device }) => {
      const hanging = await LivePage.open(url);
      // The process of a hanging page reads nothing more from its connection.
      hanging.socket.pause();
      const page = await LivePage.open(url);
      const size = { width: 1280, height: 960 };
      for (let frame = 0; frame < 20; frame++) {
        device.show({ ...size, value: frame * 10 });
        const { header } = await page.hasPictures(frame + 1);
        assert.equal(header.frame, frame);
        page.say({ ack: frame });
      }
      hanging.socket.resume();
      await hanging.hasPictures(1);
      assert.deepEqual(
        hanging.pictures.map(({ header }) => header.frame),
        [0],
      );
      hanging.say({ ack: 0 });
      assert.equal((await hanging.hasPictures(2)).header.frame, 19);
      hanging.close();
      page.close();
    }));
});
