import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHITECTURES, type ArchitectureName } from '../architectures.js';
import { buildDeb } from '../build-deb.js';
import { MAINTAINER } from '../details.js';
import { IMAGE_USER, makeDebianRoot } from './debian-root.js';

const HOME = '/var/lib/inkcast';
const PORT = 8765;
/** It asks the daemon's page; whether frames arrive, the daemon itself watches. */
const HEALTH = `/usr/bin/node -e "fetch('http://127.0.0.1:${PORT}/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"`;

export interface ImageOptions {
  /** The repository. */
  readonly root: string;
  readonly architecture: ArchitectureName;
  readonly version: string;
  /** The folder for the archives. */
  readonly out: string;
  readonly date: Date;
}

/**
 * Builds two images of the same files: for containers, and for Home Assistant. `docker load` and `podman load` take the archives.
 *
 * @returns the paths of the archives
 */
export async function buildImages({ root, architecture, version, out, date }: ImageOptions): Promise<string[]> {
  mkdirSync(out, { recursive: true });
  // Layers are as large as the image, and /tmp may be memory.
  const scratch = mkdtempSync('/var/tmp/inkcast-oci-');
  const tar = join(scratch, 'root.tar');
  const buildah = (...args: readonly string[]) => {
    const storage = ['--storage-driver', 'vfs', '--root', join(scratch, 'storage'), '--runroot', join(scratch, 'run')];
    const { status, stdout, stderr, error } = spawnSync('buildah', [...storage, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`buildah ${args[0]} failed: ${error?.message ?? stderr}`);
    return stdout.trim();
  };
  try {
    // It is unpacked at once, so it need not be small.
    const packing = { compression: ['-Zgzip', '-z1'], date, maintainer: MAINTAINER };
    const deb = await buildDeb({ root, architecture, out: scratch, ...packing });
    const addon = join(scratch, 'start.mjs');
    copyFileSync(join(root, 'addon/start.mjs'), addon);
    makeDebianRoot(architecture, deb, addon, tar);
    const container = buildah('from', '--arch', architecture, 'scratch');
    buildah('add', '--quiet', container, tar, '/');
    rmSync(tar);
    const archive = (name: string, ...settings: readonly string[]) => {
      buildah('config', '--arch', architecture, '--os', 'linux', '--port', String(PORT), ...settings, container);
      const file = join(out, `${name}_${version}_${architecture}.tar`);
      rmSync(file, { force: true });
      // The format of Docker, since OCI's has no place for a health check. Both programs read it.
      const format = ['--format', 'docker', '--timestamp', String(date.getTime() / 1000), '--quiet'];
      buildah('commit', ...format, container, `docker-archive:${file}:localhost/${name}:${version}`);
      return file;
    };
    const label = (key: string, value: string) => ['--label', `${key}=${value}`];
    const image = archive(
      'inkcast-image',
      ...['--user', `${IMAGE_USER.id}:${IMAGE_USER.id}`, '--workingdir', HOME, '--volume', HOME],
      ...['--env', `HOME=${HOME}`, '--env', 'XDG_STATE_HOME=/var/lib', '--env', 'INKCAST_WEB_ADDRESS=0.0.0.0'],
      ...['--entrypoint', '["/usr/bin/inkcast"]', '--cmd', 'run', '--stop-signal', 'SIGTERM'],
      ...['--healthcheck', `CMD ${HEALTH}`, '--healthcheck-interval', '30s', '--healthcheck-start-period', '60s'],
      ...label('org.opencontainers.image.title', 'Inkcast'),
      ...label('org.opencontainers.image.version', version),
      ...label('org.opencontainers.image.licenses', 'Apache-2.0'),
    );
    const addonArchive = archive(
      'inkcast-addon',
      ...['--user', '0:0', '--volume', `${HOME}-`, '--env', 'HOME-', '--env', 'XDG_STATE_HOME-'],
      ...['--env', 'INKCAST_WEB_ADDRESS-', '--entrypoint', '["/usr/bin/node","/usr/lib/inkcast/addon/start.mjs"]'],
      ...['--cmd', '', '--healthcheck', 'NONE'],
      ...label('io.hass.type', 'addon'),
      ...label('io.hass.version', version),
      ...label('io.hass.arch', ARCHITECTURES[architecture].homeAssistant),
    );
    return [image, addonArchive];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
