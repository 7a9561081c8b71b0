import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@inkcast/device/config';
import { PageSetup } from '@inkcast/device/setup';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const nowhere = undefined;

describe('setup by the page', () => {
  it('writes a configuration that loads, with the password apart, and only once', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'inkcast.yaml');
      await mkdir(join(folder, 'pictures'));
      const setup = new PageSetup({ config, searchPath: nowhere });
      const answers = {
        camera: join(folder, 'pictures'),
        name: 'kitchen',
        broker: 'broker.example',
        username: 'desk',
        password: 'geheim',
      };
      assert.equal(await setup.write(answers), config);
      const { device, camera, mqtt } = await loadConfig({ file: config });
      assert.equal(device.name, 'kitchen');
      assert.equal(camera?.source, 'directory');
      assert.deepEqual([mqtt.url, mqtt.username], ['mqtt://broker.example', 'desk']);
      assert.ok(!(await readFile(config, 'utf8')).includes('geheim'));
      assert.equal(await readFile(join(folder, 'inkcast.password'), 'utf8'), 'geheim\n');
      assert.equal((await stat(join(folder, 'inkcast.password'))).mode & 0o777, 0o600);
      await assert.rejects(setup.write(answers), { code: 'INK_CONFIG_EXISTS' });
    }));

  it('writes behind a link that leads nowhere yet, as the service has one', () =>
    inTemporaryFolder(async (folder) => {
      const [config, state] = [join(folder, 'etc/inkcast.yaml'), join(folder, 'state')];
      for (const name of ['etc', 'state', 'pictures']) await mkdir(join(folder, name));
      await symlink(join(state, 'inkcast.yaml'), config);
      const setup = new PageSetup({ config, searchPath: nowhere, stateFolder: state });
      assert.equal((await setup.choices()).unwritable, null);
      const answers = { camera: join(folder, 'pictures'), name: 'kitchen', broker: 'broker', username: 'desk' };
      await setup.write({ ...answers, password: 'geheim' });
      assert.ok((await lstat(config)).isSymbolicLink());
      const { mqtt, storage } = await loadConfig({ file: config });
      assert.equal(storage.folder, state);
      assert.equal(mqtt.passwordFile, join(state, 'inkcast.password'));
      assert.equal(await readFile(mqtt.passwordFile, 'utf8'), 'geheim\n');
    }));

  it('offers a name and a broker, and refuses what is no camera', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'inkcast.yaml');
      const setup = new PageSetup({ config, searchPath: nowhere });
      const { name, broker } = await setup.choices();
      assert.match(name, /^[\w-]+$/);
      assert.equal(broker, 'mqtt://localhost:1883');
      const answers = { camera: join(folder, 'missing'), name: 'kitchen', broker };
      await assert.rejects(setup.write(answers), { code: 'INK_USAGE' });
      await assert.rejects(stat(config), { code: 'ENOENT' });
    }));
});
