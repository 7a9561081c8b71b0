import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checksSchema, pushedSchema, readingsSchema, stateSchema } from '@inkcast/device/web';
import { explanationSchema } from '@inkcast/shared/explanation';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { LivePage } from '../device/web/support/live-page.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/04-single.jpg', import.meta.url));

async function configure(folder: string): Promise<string> {
  await mkdir(join(folder, 'pictures'));
  await copyFile(SCENE, join(folder, 'pictures', 'a.jpg'));
  const file = join(folder, 'inkcast.yaml');
  await writeFile(
    file,
    `camera: { source: directory, folder: pictures, rate: 5, loop: true }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:1" }
storage: { folder: state }
log: { format: json }
`,
  );
  return file;
}

/** Where the page of a daemon is, as it logs it. */
async function pageOf(daemon: InkcastProcess): Promise<string> {
  const served = /"url":"(http:[^"]+)"/;
  await daemon.prints(served);
  return served.exec(daemon.stdout)?.[1] ?? '';
}

describe('the page of a daemon', function () {
  this.timeout(120_000);

  it('shows what is read, how it is read, and how the device is, and stops within its time while pages look', () =>
    inTemporaryFolder(async (folder) => {
      const daemon = new InkcastProcess('run', '--config', await configure(folder));
      try {
        const url = await pageOf(daemon);
        const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
          schema.parse(await (await fetch(`${url}${path}`)).json());

        const socket = new WebSocket(`${url.replace('http', 'ws')}api/events`);
        const isEight = (data: unknown) => {
          const pushed = pushedSchema.parse(JSON.parse(String(data)));
          return pushed.type === 'reading' && pushed.reading.text === '8';
        };
        let read = false;
        socket.on('message', (data) => {
          read ||= isEight(data);
        });
        while (!read) await once(socket, 'message');
        assert.equal((await get('api/reading', readingsSchema)).readings[0].text, '8');

        const page = await LivePage.open(url);
        const { header, jpeg } = await page.hasPictures(1);
        assert.equal(header.boxes[0].digit, 8);
        const { width, height } = await sharp(jpeg).metadata();
        assert.deepEqual([header.width, header.height], [width, height]);
        page.say({ ack: header.frame ?? 0 });
        assert.ok(((await page.hasPictures(2)).header.frame ?? 0) > (header.frame ?? 0));

        const state = await get('api/state', stateSchema);
        assert.equal(state.camera.status, 'ok');
        assert.deepEqual([state.broker.status, typeof state.broker.remedy], ['problem', 'string']);
        assert.equal(state.configFile, join(folder, 'inkcast.yaml'));
        const explanation = await get('api/explain', explanationSchema);
        assert.ok(explanation.candidates.some(({ outcome, digit }) => outcome === 'read' && digit === 8));
        const { healthy, checks } = await get('api/doctor', checksSchema);
        assert.equal(healthy, false);
        assert.equal(checks.find(({ name }) => name === 'broker')?.status, 'failed');

        // One that reads nothing more, as a page that hangs.
        page.socket.pause();
        daemon.terminate();
        assert.equal(await daemon.ended(), 0);
      } finally {
        await daemon.end();
      }
    }));

  it('is said to be missing where its port is taken, and frames are read all the same', () =>
    inTemporaryFolder(async (folder) => {
      const file = await configure(folder);
      const first = new InkcastProcess('run', '--config', file);
      try {
        const { port } = new URL(await pageOf(first));
        const more = ['--set', `web.port=${port}`, '--set', `storage.folder=${join(folder, 'other')}`];
        const second = new InkcastProcess('run', '--config', file, ...more);
        try {
          await second.prints('INK_WEB_LISTEN');
          await second.prints('"text":"8"');
        } finally {
          await second.end();
        }
      } finally {
        await first.end();
      }
    }));
});
