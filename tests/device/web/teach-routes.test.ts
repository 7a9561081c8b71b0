import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Teaching, teachingCropSchema, teachingStateSchema } from '@inkcast/device/teaching';
import { errorSchema, pushedSchema } from '@inkcast/device/web';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { handwriting, newCrop } from '../teaching/support/crops.js';
import { withTeachingIn } from '../teaching/support/with-teaching.js';
import { type Served, served } from './support/served.js';
import { WatchedDevice } from './support/watched-device.js';

interface Sent {
  readonly status: number;
  readonly body: unknown;
}

interface Taught extends Served {
  readonly teaching: Teaching;
  readonly send: (method: string, path: string, body?: unknown) => Promise<Sent>;
}

/** A server of a device that is taught. A picture that is sent to it shows one digit. */
function servedTeaching(work: (parts: Taught) => Promise<void>): Promise<void> {
  return served((one) =>
    withTeachingIn(
      one.folder,
      async (teaching) => {
        one.device.teaching = teaching;
        const send = async (method: string, path: string, body?: unknown): Promise<Sent> => {
          const isForm = body instanceof FormData;
          const answer = await fetch(`${one.url}api/teach${path}`, {
            method,
            ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
            ...(body === undefined || isForm ? {} : { headers: { 'content-type': 'application/json' } }),
          });
          const text = await answer.text();
          return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
        };
        await work({ ...one, teaching, send });
      },
      {
        read: async () => {
          const [{ pixels }] = await handwriting(1);
          return [newCrop(pixels, 0.5, { origin: 'upload', reason: 'asked' })];
        },
      },
    ),
  );
}

const cropsSchema = z.object({ crops: z.array(teachingCropSchema) });

/** A form with one file. */
function formOf(bytes: Uint8Array | Buffer): FormData {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(bytes)]), 'a.tar');
  return form;
}

describe('the API of teaching', () => {
  it('shows crops with their pictures, takes labels and takes them back', () =>
    servedTeaching(async ({ url, teaching, send }) => {
      const [a, b] = await handwriting(2);
      const surroundings = await sharp(Buffer.alloc(300), { raw: { width: 10, height: 10, channels: 3 } })
        .jpeg()
        .toBuffer();
      await teaching.add([newCrop(a.pixels, 0.5, { surroundings }), newCrop(b.pixels, 0.9)]);
      const { crops } = cropsSchema.parse((await send('GET', '/crops')).body);
      assert.equal(crops.length, 2);
      const [{ id }, { id: other }] = crops;
      const png = await fetch(`${url}api/teach/crops/${id}/picture`);
      const { data, info } = await sharp(await png.arrayBuffer())
        .grayscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, info.channels], [28, 28, 1]);
      assert.deepEqual(new Uint8Array(data), a.pixels);
      const around = await fetch(`${url}api/teach/crops/${id}/surroundings`);
      assert.deepEqual(Buffer.from(await around.arrayBuffer()), surroundings);
      assert.equal((await fetch(`${url}api/teach/crops/${other}/surroundings`)).status, 404);

      const labelled = await send('POST', '/label', { ids: [id], label: '7' });
      assert.deepEqual(labelled, { status: 200, body: { heldBack: [], remaining: 1 } });
      assert.deepEqual((await send('POST', '/label', { ids: [other], skip: true })).body, {
        heldBack: [],
        remaining: 0,
      });
      const { labels } = teachingStateSchema.parse((await send('GET', '')).body);
      assert.deepEqual(labels, { count: 1, learning: 1, heldBack: 0, byClass: { 7: 1 } });
      const shown = (crop: string) => crops.find((one) => one.id === crop);
      assert.deepEqual((await send('POST', '/undo')).body, { undone: { crops: [shown(other)] } });
      assert.deepEqual((await send('POST', '/undo')).body, { undone: { crops: [shown(id)], label: '7' } });
      assert.deepEqual((await send('POST', '/undo')).body, { undone: null });
      assert.deepEqual((await send('DELETE', '')).body, { deleted: 2 });
      assert.equal((await fetch(`${url}api/teach/crops/${id}/picture`)).status, 404);
    }));

  it('takes classes, pictures and archives', () =>
    servedTeaching(async ({ url, send }) => {
      assert.deepEqual((await send('POST', '/upload', formOf(Uint8Array.of(1)))).body, { added: 1 });
      const classes = teachingStateSchema.parse((await send('PUT', '/classes', { classes: ['a', 'b'] })).body).classes;
      assert.deepEqual(classes, ['a', 'b']);
      const [{ id }] = cropsSchema.parse((await send('GET', '/crops')).body).crops;
      await send('POST', '/label', { ids: [id], label: 'b' });
      for (const form of ['idx', 'folders']) {
        const packed = await fetch(`${url}api/teach/export?form=${form}`);
        assert.equal(packed.headers.get('content-disposition'), `attachment; filename="inkcast-desk-${form}.tar"`);
        const archive = formOf(Buffer.from(await packed.arrayBuffer()));
        assert.deepEqual((await send('POST', '/import', archive)).body, { added: 0 });
        await send('DELETE', '');
        assert.deepEqual((await send('POST', '/import', archive)).body, { added: 1 });
      }
    }));

  it('says what is wrong with a request', () =>
    servedTeaching(async ({ device, send }) => {
      const gone = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
      for (const [method, path, body, expected] of [
        ['POST', '/label', { ids: [gone], label: '1' }, '404 INK_CROP_MISSING'],
        ['POST', '/label', { ids: [gone], label: 'word' }, '400 INK_REQUEST_INVALID'],
        ['POST', '/label', { ids: [], skip: true }, '400 INK_REQUEST_INVALID'],
        ['POST', '/label', { ids: ['../1'], skip: true }, '400 INK_REQUEST_INVALID'],
        ['PUT', '/classes', { classes: ['a', 'a'] }, '400 INK_REQUEST_INVALID'],
        ['POST', '/import', formOf(Buffer.from('no archive')), '422 INK_DATASET_INVALID'],
        ['GET', '/export', undefined, '422 INK_DATASET_INVALID'],
        ['GET', '/crops/x/picture', undefined, '400 INK_REQUEST_INVALID'],
      ] as const) {
        const answer = await send(method, path, body);
        assert.equal(`${answer.status} ${errorSchema.parse(answer.body).code}`, expected, path);
      }
      // A device that nobody has switched it on for.
      device.teaching = new WatchedDevice().teaching;
      const off = await send('POST', '/label', { ids: [gone], label: '1' });
      assert.equal(`${off.status} ${errorSchema.parse(off.body).code}`, '409 INK_TEACHING_OFF');
      assert.equal(teachingStateSchema.parse((await send('GET', '')).body).enabled, false);
    }));

  it('pushes what changes to those who listen', () =>
    servedTeaching(async ({ url, teaching }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}api/events`);
      await once(socket, 'message');
      const [{ pixels }] = await handwriting(1);
      await teaching.add([newCrop(pixels)]);
      for (;;) {
        const [data] = await once(socket, 'message');
        const message = pushedSchema.parse(JSON.parse(String(data)));
        if (message.type !== 'teach') continue;
        assert.equal(message.state.queue.count, 1);
        break;
      }
      socket.terminate();
    }));
});
