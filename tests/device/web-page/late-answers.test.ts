import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { Api } from '../../../device/web/src/api/index.js';
import { FrameEditor } from '../../../device/web/src/frame/frame-editor.js';
import { SettingsForm } from '../../../device/web/src/settings/settings-form.js';
import { SetupForm } from '../../../device/web/src/setup/setup-form.js';
import { listenLocally } from '../../support/listen-locally.js';

describe('a device that answers late', () => {
  let server: Server;
  let api: Api;
  const waiting = new Map<string, ServerResponse>();

  beforeEach(async () => {
    waiting.clear();
    server = createServer(({ url = '' }, answer) => {
      waiting.set(url, answer);
      server.emit('waiting');
    });
    api = new Api(`http://127.0.0.1:${await listenLocally(server)}/`, () => {});
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  /** Does something between a request and its answer. */
  const answer = async (path: string, body: unknown, meanwhile: () => void = () => {}) => {
    while (!waiting.has(path)) await once(server, 'waiting');
    meanwhile();
    waiting.get(path)?.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    waiting.delete(path);
  };

  it('takes back nothing that was typed into the first steps meanwhile', async () => {
    const form = new SetupForm(api);
    const loaded = form.load();
    const offer = { cameras: [{ value: 'rpicam', label: 'Camera Module' }], name: 'pi', broker: 'mqtt://127.0.0.1' };
    await answer('/api/setup', offer, () => form.answer({ name: 'desk', username: 'ada' }));
    await loaded;
    assert.deepEqual(form.answers, {
      camera: 'rpicam',
      otherCamera: '',
      name: 'desk',
      broker: 'mqtt://127.0.0.1',
      username: 'ada',
      password: '',
    });
  });

  it('is asked to save once by a double click', async () => {
    const settings = { file: 'inkcast.yaml', version: '1', keys: [] };
    const form = new SettingsForm(api);
    const loaded = form.load();
    await answer('/api/settings', settings);
    await loaded;
    const saved = Promise.all([form.save(), form.save()]);
    await answer('/api/settings/save', { restartNeeded: [], version: '2' });
    await answer('/api/settings', settings);
    await answer('/api/settings/versions', { versions: [] });
    await saved;
    assert.equal(form.outcome?.kind, 'saved');
    assert.equal(waiting.size, 0);
  });

  it('has not saved what was drawn after it was asked to save', async () => {
    const editor = new FrameEditor(api);
    const loaded = editor.load();
    await answer('/api/settings', { file: 'inkcast.yaml', version: '1', keys: [] });
    await loaded;
    editor.setKind('rectangle');
    const saved = editor.save();
    await answer('/api/settings/save', { restartNeeded: [], version: '2' }, () => editor.setKind('corners'));
    await saved;
    assert.equal(editor.outcome?.kind, 'saved');
    assert.ok(editor.isChanged);
  });
});
