import assert from 'node:assert/strict';
import { errorSchema, readingsSchema, stateSchema } from '@inkcast/device/web';
import { served } from './support/served.js';

describe('the web server', () => {
  it('answers state, reading and a picture of the newest frame', () =>
    served(async ({ url, device }) => {
      device.still.picture = Buffer.from('a picture');
      const state = stateSchema.parse(await (await fetch(`${url}api/state`)).json());
      assert.equal(state.device, 'desk');
      assert.deepEqual(state.broker, { status: 'ok', detail: 'mqtt://localhost:1883' });
      assert.equal(state.frame, null);
      const { readings } = readingsSchema.parse(await (await fetch(`${url}api/reading`)).json());
      assert.equal(readings[0].text, '407');
      const picture = await fetch(`${url}api/snapshot?annotated=false`);
      assert.equal(picture.headers.get('content-type'), 'image/jpeg');
      assert.equal(picture.headers.get('x-inkcast-frame'), '3');
      assert.equal(await picture.text(), 'a picture');
    }));

  it('says in one sentence why a request is wrong, and where', () =>
    served(async ({ url }) => {
      const answer = await fetch(`${url}api/snapshot?annotated=perhaps`);
      assert.equal(answer.status, 400);
      const { code, issues = [] } = errorSchema.parse(await answer.json());
      assert.equal(code, 'INK_REQUEST_INVALID');
      assert.equal(issues[0].path, 'annotated');
      assert.equal((await fetch(`${url}api/nothing`)).status, 404);
      assert.equal((await fetch(`${url}api/snapshot`)).status, 503);
    }));
});
