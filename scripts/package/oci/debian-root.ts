import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { ArchitectureName } from '../architectures.js';
import { mirror, RELEASE } from '../trial-root.js';

/** The user that the daemon runs as in the image. Its number is fixed, so that volumes keep their owner. */
export const IMAGE_USER = { name: 'inkcast', id: 10_001 } as const;

/** The list of the npm packages in the image. That of Debian's packages is dpkg's own. */
export const BILL_OF_MATERIALS = '/usr/share/doc/inkcast/inkcast.cdx.json';

/**
 * Of what Debian's packages contain, nothing in an image reads: manuals and translations, character sets of glibc (Node has its own),
 * a program that fetches package managers, and types for compilers.
 */
const LEFT_OUT = [
  '/usr/share/man/*',
  '/usr/share/locale/*',
  '/usr/share/info/*',
  '/usr/share/doc/*',
  '/usr/share/lintian/*',
  '/usr/lib/*/gconv/*',
  '/usr/share/nodejs/corepack/*',
  '/usr/share/nodejs/@types/*',
];

/**
 * Makes a Debian with the package and what it needs, without apt.
 *
 * @param deb Inkcast's package, of this architecture
 * @param addon the program that starts the add-on
 * @param tar the file for it
 */
export function makeDebianRoot(architecture: ArchitectureName, deb: string, addon: string, tar: string): void {
  const { name, id } = IMAGE_USER;
  const home = '/var/lib/inkcast';
  const options = [
    ...['--variant=essential', `--architectures=${architecture}`, '--mode=root', '--format=tar'],
    '--include=nodejs,libgcc-s1,libstdc++6,ca-certificates',
    ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    `--dpkgopt=path-include=${BILL_OF_MATERIALS}`,
    `--customize-hook=upload ${deb} /tmp/${basename(deb)}`,
    `--customize-hook=chroot "$1" dpkg --install /tmp/${basename(deb)}`,
    `--customize-hook=rm "$1/tmp/${basename(deb)}"`,
    '--customize-hook=mkdir "$1/usr/lib/inkcast/addon"',
    `--customize-hook=upload ${addon} /usr/lib/inkcast/addon/start.mjs`,
    `--customize-hook=printf '${name}:x:${id}:${id}::${home}:/usr/sbin/nologin\\n' >> "$1/etc/passwd"`,
    `--customize-hook=printf '${name}:x:${id}:\\n' >> "$1/etc/group"`,
    `--customize-hook=sed -i 's/^\\(video\\|plugdev\\):.*/&${name}/' "$1/etc/group"`,
    `--customize-hook=mkdir -p "$1${home}" && chown ${id}:${id} "$1${home}" && chmod 700 "$1${home}"`,
    '--customize-hook=rm -rf "$1/var/cache/debconf" "$1/usr/include" "$1/usr/share/bash-completion"',
  ];
  const { status } = spawnSync('mmdebstrap', [...options, RELEASE, tar, mirror()], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TMPDIR: '/var/tmp' },
  });
  if (status !== 0) throw new Error('mmdebstrap failed');
}
