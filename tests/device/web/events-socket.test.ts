import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type PushedMessage, pushedSchema } from '@inkcast/device/web';
import { WebSocket } from 'ws';
import { served } from './support/served.js';

describe('the socket of events', () => {
  it('says how things are, then what changes', () =>
    served(async ({ url, device }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}api/events`);
      const messages: PushedMessage[] = [];
      socket.on('message', (data) => {
        messages.push(pushedSchema.parse(JSON.parse(String(data))));
        socket.emit('pushed');
      });
      const until = async (count: number) => {
        while (messages.length < count) await once(socket, 'pushed');
        return messages.slice(0, count);
      };
      const types = (await until(2)).map(({ type }) => type);
      assert.deepEqual(types, ['state', 'reading']);
      device.read('8');
      const [reading, event] = (await until(4)).slice(2);
      assert.ok(reading.type === 'reading' && reading.reading.text === '8');
      assert.ok(event.type === 'event' && event.event.event_type === 'digits_changed');
      await device.reportHealth({ paused: true });
      const state = (await until(5))[4];
      assert.ok(state.type === 'state' && state.state.paused);
      socket.terminate();
    }));
});
