import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the static site, with a slash at the end; importing this module builds it where its sources have changed. */
export const SITE = fileURLToPath(new URL('../../device/dist-site/', import.meta.url));

const script = fileURLToPath(new URL('../../scripts/build-page.mjs', import.meta.url));
const { status, stderr } = spawnSync(process.execPath, [script, '--site'], { encoding: 'utf8' });
if (status !== 0) throw new Error(stderr);
