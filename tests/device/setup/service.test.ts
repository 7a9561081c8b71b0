import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@inkcast/device/config';
import { GivenInterview, runSetup } from '@inkcast/device/setup';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

describe('inkcast setup where the service is installed', () => {
  it('puts the password where systemd takes it from, and says how the service is started', () =>
    inTemporaryFolder(async (root) => {
      await mkdir(join(root, 'usr/lib/systemd/system'), { recursive: true });
      await writeFile(join(root, 'usr/lib/systemd/system/inkcast.service'), '');
      const printed: string[] = [];
      const given = { camera: 'rpicam', broker: "mqtt://it's:geheim@broker", name: 'kitchen', force: false };
      const config = join(root, 'etc/inkcast/inkcast.yaml');
      await runSetup(
        new GivenInterview(given, async () => []),
        { config, frame: join(root, 'frame.jpg'), check: false },
        {
          terminal: { interactive: false, print: (line) => printed.push(line), note: () => {}, log: () => {} },
          screen: { columns: 80, rows: 24, colours: 'none' },
          command: 'inkcast',
          root,
          signal: new AbortController().signal,
        },
      );
      const { mqtt } = await loadConfig({ file: config });
      assert.deepEqual([mqtt.passwordFile, mqtt.passwordCredential], [undefined, 'inkcast.mqtt-password']);
      const credential = join(root, 'etc/credstore/inkcast.mqtt-password');
      assert.equal(await readFile(credential, 'utf8'), 'geheim\n');
      assert.equal((await stat(credential)).mode & 0o777, 0o600);
      // The service's own user has to read it.
      assert.equal((await stat(config)).mode & 0o044, 0o044);
      const text = printed.join('\n');
      assert.ok(text.includes('sudo systemctl enable --now inkcast'));
      assert.ok(text.includes(`mosquitto_sub -h broker -p 1883 -u 'it'\\''s' -P "$(sudo cat ${credential})"`));
      assert.ok(!text.includes('geheim'));
    }));
});
