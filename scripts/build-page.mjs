// Builds device/web, the page, into device/dist-web, unless nothing has changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules/.inkcast-page-built');

/** @throws Error with what Vite says */
export function buildPage() {
  const wanted = digest();
  const built = existsSync(join(root, 'device/dist-web/index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'device/web', '--logLevel', 'warn'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The page cannot be built:\n${stderr}`);
  writeFileSync(stamp, wanted);
}

/** Of all that goes into the page: its sources, and the packages that it is built of and with. */
function digest() {
  const sources = readdirSync(join(root, 'device/web/src'), { recursive: true }).map(
    (name) => `device/web/src/${name}`,
  );
  const files = ['package-lock.json', 'device/web/index.html', 'device/web/vite.config.js', ...sources.sort()];
  const hash = createHash('sha256').update(process.version);
  for (const file of files.filter((name) => statSync(join(root, name)).isFile())) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildPage();
