import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ArchitectureName } from './architectures.js';

/** The Debian release with a Node that is new enough. Raspberry Pi OS is based on the same release. */
export const RELEASE = 'trixie';
const ENVIRONMENT = [
  'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'LC_ALL=C.UTF-8',
  'DEBIAN_FRONTEND=noninteractive',
];
/** Separate mounts and processes that end with the command. */
const ENTER = `root=$1; shift
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 125
exec chroot "$root" env -i ${ENVIRONMENT.join(' ')} "$@"`;

/** How a command ended. */
export interface Outcome {
  readonly status: number | null;
  /** Of standard output. */
  readonly output: string;
  readonly errors: string;
}

/**
 * A separate Debian system in a folder. debootstrap creates the base system once; each trial uses a copy.
 */
export class TrialRoot {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param name of this trial, so that trials of several kinds run side by side */
  static make(roots: string, architecture: ArchitectureName, name = 'trial'): TrialRoot {
    const bare = join(roots, `base-${architecture}`);
    if (!existsSync(join(bare, 'usr/bin/apt-get')) || existsSync(join(bare, 'debootstrap'))) {
      rmSync(bare, { recursive: true, force: true });
      const unfinished = `${bare}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      mkdirSync(roots, { recursive: true });
      const options = [`--arch=${architecture}`, '--variant=minbase', RELEASE, unfinished, mirror()];
      const { status } = spawnSync('debootstrap', options, { stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) throw new Error('debootstrap failed');
      renameSync(unfinished, bare);
    }
    const folder = join(roots, `${name}-${architecture}`);
    rmSync(folder, { recursive: true, force: true });
    // Node's copy function does not support devices.
    if (spawnSync('cp', ['-a', '--reflink=auto', bare, folder]).status !== 0) throw new Error(`${bare} was not copied`);
    const root = new TrialRoot(folder);
    // The system is deleted afterwards, so dpkg does not have to sync files to the disk.
    root.write('etc/dpkg/dpkg.cfg.d/trial', 'force-unsafe-io\n');
    root.write('etc/apt/apt.conf.d/90trial', `${ownAptSettings()}APT::Sandbox::User "root";\n`);
    return root;
  }

  /** Its folder on this machine. */
  get folder(): string {
    return this.#folder;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Links are not followed, because outside of the root they have another target. */
  exists(name: string): boolean {
    return lstatSync(this.path(name), { throwIfNoEntry: false }) !== undefined;
  }

  write(name: string, text: string): void {
    mkdirSync(join(this.path(name), '..'), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  copy(file: string): string {
    const name = join('/tmp', basename(file));
    copyFileSync(file, this.path(name));
    return name;
  }

  run(command: string, ...args: readonly string[]): Outcome {
    const enter = [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      ENTER,
      'sh',
      this.#folder,
      command,
      ...args,
    ];
    const { status, stdout, stderr } = spawnSync('unshare', enter, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    return { status, output: stdout, errors: stderr };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Where Debian's packages are: what the environment says, or the source in the apt configuration of this machine. */
export function mirror(): string {
  const { DEBIAN_MIRROR = '' } = process.env;
  if (DEBIAN_MIRROR !== '') return DEBIAN_MIRROR;
  const { stdout } = apt('apt-get', 'indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages', 'Label: Debian');
  const [first] = stdout.split('\n');
  if (first === '')
    throw new Error('apt knows no mirror of Debian; run apt-get update, or set DEBIAN_MIRROR to its address');
  return first;
}

/** Settings such as proxies. */
function ownAptSettings(): string {
  const { stdout } = apt('apt-config', 'dump', 'Acquire::http', 'Acquire::https');
  return stdout
    .split('\n')
    .filter((line) => /Proxy|Verify/.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

function apt(command: string, ...args: readonly string[]) {
  return spawnSync(command, args, { encoding: 'utf8' });
}
