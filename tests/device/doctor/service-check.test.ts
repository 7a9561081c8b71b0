import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks, serviceCheck } from '@inkcast/device/doctor';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const SYSTEMD = fileURLToPath(new URL('../../../systemd', import.meta.url));

async function check(root: string, wantsCoral = false): Promise<string> {
  const [{ status, detail, remedy = '' }] = await runChecks([serviceCheck({ wantsCoral, root })]);
  return `${status}: ${detail} ${remedy}`.replaceAll(root, '').trim();
}

async function put(root: string, file: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

/** A machine on which the package is installed. */
async function install(root: string): Promise<void> {
  await put(root, 'etc/group', 'root:x:0:\nvideo:x:44:\nplugdev:x:46:\n');
  await put(root, 'usr/bin/inkcast');
  await put(root, 'usr/lib/systemd/system/inkcast.service');
  await put(root, 'usr/lib/udev/rules.d/60-inkcast-coral.rules');
  await copyFile(join(SYSTEMD, 'inkcast.service'), join(root, 'usr/lib/systemd/system/inkcast.service'));
}

describe("the doctor's check of the service", () => {
  it('has nothing to say against a machine without the service, or with all of it', () =>
    inTemporaryFolder(async (root) => {
      assert.match(await check(root), /^ok: Inkcast is not installed as a systemd service/);
      await install(root);
      assert.match(await check(root, true), /^ok: \/usr\/lib\/systemd\/system\/inkcast\.service can be started/);
    }));

  it('names a group, a program or a configuration that is missing', () =>
    inTemporaryFolder(async (root) => {
      await install(root);
      await put(
        root,
        'etc/systemd/system/inkcast.service',
        '[Service]\nExecStart=/usr/bin/inkcast run --config /etc/inkcast/mine.yaml\nSupplementaryGroups=video plugdev\n',
      );
      assert.match(await check(root), /^failed: .* reads \/etc\/inkcast\/mine\.yaml, .*inkcast setup$/);
      await rm(join(root, 'usr/bin/inkcast'));
      assert.match(await check(root), /^failed: .* runs \/usr\/bin\/inkcast, which does not exist/);
      await put(root, 'etc/group', 'root:x:0:\nvideo:x:44:\n');
      assert.match(await check(root), /^failed: .* the group plugdev, .*sudo groupadd --system plugdev$/);
    }));

  it('asks for the udev rules where a Coral is plugged in or wanted', () =>
    inTemporaryFolder(async (root) => {
      await install(root);
      await rm(join(root, 'usr/lib/udev/rules.d/60-inkcast-coral.rules'));
      assert.match(await check(root), /^ok: /);
      assert.match(await check(root, true), /^failed: There is no 60-inkcast-coral\.rules/);
      await put(root, 'sys/bus/usb/devices/2-1/idVendor', '1a6e\n');
      await put(root, 'sys/bus/usb/devices/2-1/idProduct', '089a\n');
      assert.match(await check(root), /^warning: There is no 60-inkcast-coral\.rules .*udevadm trigger$/);
    }));
});
