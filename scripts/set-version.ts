// `npm run set-version -- 0.2.0`: gives all packages in this folder the version, and package-lock.json, too.
import { spawnSync } from 'node:child_process';

function npm(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const [version] = process.argv.slice(2);
if (version === undefined) {
  console.error('set-version: say which version, or what npm version makes one of: patch, minor, major');
  process.exit(2);
}
// Git and its tags are left to whoever releases.
npm('version', version, '--workspaces', '--include-workspace-root', '--no-workspaces-update', '--no-git-tag-version');
npm('install', '--package-lock-only');
