import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeLive, loadConfig } from '@inkcast/device/config';
import { Settings } from '@inkcast/device/settings';
import { errorSchema, savedSettingsSchema, settingsSchema, settingsVersionsSchema } from '@inkcast/device/web';
import { type Served, served } from './support/served.js';

const FILE = '# The kitchen\ncamera: { source: http, url: "http://me:secret@camera/", password: not-shown } # MJPEG\n';

/** A server of a device whose settings are saved to a file. */
function servedWithFile(work: (parts: Served & { file: string; send: typeof fetch }) => Promise<void>): Promise<void> {
  return served(async (one) => {
    const file = join(one.folder, 'inkcast.yaml');
    await writeFile(file, FILE);
    let config = await loadConfig({ file });
    const setLive = (values: Parameters<typeof changeLive>[1]) => {
      config = changeLive(config, values);
    };
    one.device.settings = new Settings({
      sources: { file },
      running: { config: () => config, setLive },
      mayChangePrograms: false,
    });
    await work({ ...one, file, send: (path, init) => fetch(new URL(String(path), one.url), init) });
  });
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('the API of settings', () => {
  it('shows every key without secrets, saves changes, and goes back to an earlier version', () =>
    servedWithFile(async ({ file, send }) => {
      const shown = await send('api/settings');
      const text = await shown.text();
      assert.equal(shown.status, 200);
      assert.ok(!text.includes('not-shown') && !text.includes('me:secret'), text);
      const { version, keys } = settingsSchema.parse(JSON.parse(text));
      assert.deepEqual(keys.find(({ path }) => path === 'log.format')?.schema.enum, ['auto', 'json', 'pretty']);

      const changes = { 'log.level': 'warn', 'camera.rate': 2 };
      const saved = await send('api/settings/save', json('POST', { changes, version }));
      assert.deepEqual(savedSettingsSchema.parse(await saved.json()).restartNeeded, ['camera.rate']);
      assert.match(await readFile(file, 'utf8'), /^# The kitchen\n.*rate: 2 \} # MJPEG\nlog:\n {2}level: warn\n$/);

      const again = await send('api/settings/save', json('POST', { changes: { 'camera.rate': 3 }, version }));
      assert.equal(again.status, 409);
      assert.equal(errorSchema.parse(await again.json()).code, 'INK_CONFIG_CHANGED');

      const { versions } = settingsVersionsSchema.parse(await (await send('api/settings/versions')).json());
      assert.deepEqual(
        versions.map(({ id, bytes }) => [id, bytes]),
        [['1', FILE.length]],
      );
      assert.equal((await send('api/settings/versions/1/restore', { method: 'POST' })).status, 200);
      assert.equal(await readFile(file, 'utf8'), FILE);
      assert.equal((await send('api/settings/versions/9/restore', { method: 'POST' })).status, 404);
    }));

  it('says what is wrong beside each key', () =>
    servedWithFile(async ({ file, send }) => {
      const refused = await send('api/settings/save', json('POST', { changes: { 'camera.rate': 0, 'mqtt.qos': 5 } }));
      assert.equal(refused.status, 422);
      const { code, issues = [] } = errorSchema.parse(await refused.json());
      assert.equal(code, 'INK_CONFIG_INVALID');
      assert.deepEqual(
        issues.map(({ path }) => path),
        ['camera.rate', 'mqtt.qos'],
      );
      assert.equal(await readFile(file, 'utf8'), FILE);
    }));

  it('sets live keys for the time being, as over MQTT', () =>
    servedWithFile(async ({ device, file, send }) => {
      assert.equal(
        (await send('api/settings', json('PATCH', { changes: { 'reading.tracking.holdMs': 90 } }))).status,
        204,
      );
      assert.equal(device.still.values['reading.tracking.holdMs'], 90);
      assert.equal(await readFile(file, 'utf8'), FILE);
    }));

  it('refuses to save where there is no file', () =>
    served(async ({ url }) => {
      const saved = await fetch(`${url}api/settings/save`, json('POST', { changes: { 'log.level': 'warn' } }));
      assert.equal(saved.status, 409);
      assert.equal(errorSchema.parse(await saved.json()).code, 'INK_CONFIG_NO_FILE');
    }));
});
