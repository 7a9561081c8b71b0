import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import {
  deviceTopics,
  type ReadingMessage,
  type RequestPayload,
  readingSchema,
  responseSchemas,
} from '@inkcast/shared/messages';
import { inkcast } from '../device/support/command.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/04-single.jpg', import.meta.url));
const topics = deviceTopics('inkcast', 'desk');

/** The last accepted reading of a meter that shows an 8 and never counts back. */
describe('the last accepted reading', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('field report 8: outlives restarts, and is shown and set by the command and by a request', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'pictures'));
      await copyFile(SCENE, join(folder, 'pictures', 'a.jpg'));
      const port = await freePort();
      const config = join(folder, 'inkcast.yaml');
      await writeFile(
        config,
        `camera: { source: directory, folder: pictures, rate: 2 }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
reading: { rules: { monotonic: true, acceptAfterMs: 3600000 } }
`,
      );
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
      const value = async (...args: readonly string[]) => {
        const { code, stdout, stderr } = await inkcast('value', ...args, '--config', config);
        return { code, said: (stdout + stderr).trim() };
      };
      const ask = async (payload: RequestPayload<'value'>) => {
        const from = watcher.seen.length;
        await watcher.client.publishAsync(topics.request('value'), JSON.stringify(payload), { qos: 1 });
        return responseSchemas.value.parse(JSON.parse((await watcher.next(topics.response('value'), from)).text));
      };
      const reading = (from: number, fits: (reading: ReadingMessage) => boolean) =>
        watcher.until((seen: readonly Seen[]) =>
          seen
            .slice(from)
            .some(({ topic, text }) => topic === topics.reading && fits(readingSchema.parse(JSON.parse(text)))),
        );
      const daemons: InkcastProcess[] = [];
      const start = () => {
        const daemon = new InkcastProcess('run', '--config', config);
        daemons.push(daemon);
        return daemon;
      };
      try {
        assert.deepEqual(await value(), { code: 0, said: 'No reading has been accepted yet.' });
        assert.match((await value('9')).said, /^9 \(\d{4}-/);
        assert.match((await value('9.5')).said, /^INK_REQUEST_INVALID: .* more decimal places/);
        assert.equal((await value('nine')).code, 2);
        const first = start();
        await reading(0, ({ rejected }) => rejected?.text === '8' && rejected.rule === 'monotonic');

        let from = watcher.seen.length;
        const set = await ask({ set: '0' });
        assert.ok(set.status === 'ok' && set.data.value === '0');
        await reading(from, ({ text, rejected }) => text === '8' && rejected === undefined);
        const shown = await ask({});
        assert.ok(shown.status === 'ok' && shown.data.value === '8');
        assert.match((await value()).said, /^8 \(/);

        // The daemon has the folder: the command asks it by the broker.
        from = watcher.seen.length;
        assert.match((await value('9')).said, /^9 \(/);
        await reading(from, ({ rejected }) => rejected?.text === '8');
        await first.end();
        from = watcher.seen.length;
        const second = start();
        await reading(from, ({ rejected }) => rejected?.reason === 'It fell from 9.');
        assert.deepEqual(await value('--forget'), { code: 0, said: 'No reading has been accepted yet.' });
        await reading(from, ({ text }) => text === '8');
        second.terminate();
        assert.equal(await second.ended(), 0, second.stderr);
        assert.match((await value()).said, /^8 \(/);
      } finally {
        for (const daemon of daemons) await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    }));
});
