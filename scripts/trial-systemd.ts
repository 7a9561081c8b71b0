// `npm run trial:systemd`: boots a separate systemd (a copy-on-write view of this machine, with its own processes, mounts,
// devices and network), runs inkcast.service in it with a mosquitto, and prints the result of each step. It needs root and
// Debian's packages systemd, libnss-systemd, mosquitto, ffmpeg and util-linux. It changes only a temporary folder.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allHold, bootSystem, makeBootFolder } from './systemd/boot-system.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const SCRIPTS = fileURLToPath(new URL('systemd', import.meta.url));

const missing = [
  '/lib/systemd/systemd',
  '/usr/sbin/mosquitto',
  '/usr/bin/mosquitto_passwd',
  '/usr/bin/unshare',
  '/usr/bin/ffmpeg',
].find((path) => !existsSync(path));
if (process.getuid?.() !== 0 || missing !== undefined) {
  console.error(`trial: needs ${missing ?? 'root'}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'inkcast-systemd-'));
try {
  const out = makeBootFolder(folder);
  for (const name of ['steps.sh', 'checks.sh', 'mosquitto.conf']) copyFileSync(join(SCRIPTS, name), join(out, name));
  writeFileSync(
    join(folder, 'inkcast.yaml'),
    `device: { name: trial }
camera: { source: directory, folder: ${join(REPOSITORY, 'assets/scenes/photos')} }
mqtt: { url: "mqtt://127.0.0.1:1883", username: desk, passwordCredential: inkcast.mqtt-password }
`,
  );
  spawnSync('mosquitto_passwd', ['-b', '-c', join(out, 'passwords'), 'desk', 'secret']);
  const note = join(REPOSITORY, 'assets/scenes/photos/01-note.jpg');
  const loop = ['-v', 'error', '-loop', '1', '-i', note, '-t', '4', '-r', '5', '-pix_fmt', 'yuv420p'];
  spawnSync('ffmpeg', [...loop, join(out, 'note.mp4')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const args = [REPOSITORY, process.execPath];
  const results = bootSystem({ folder, system: '/', prepare: 'prepare-clone.sh', args });
  console.log(results.trim());
  if (!allHold(results)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
