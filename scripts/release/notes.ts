import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A commit's subject, and its hash in short. */
interface Commit {
  readonly hash: string;
  readonly subject: string;
}

/**
 * The notes of a release: what a user notices, from the section of CHANGELOG.md, and every commit since the release before.
 *
 * @throws Error if CHANGELOG.md has no section for the version
 */
export function releaseNotes(repository: string, version: string): string {
  const changes = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8');
  const section = changes.split(/^## /m).find((text) => text.split(/[\s,]/, 1)[0] === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const earlier = tagBefore(repository, version);
  const commits = commitsSince(repository, earlier).map(({ hash, subject }) => `- ${subject} (${hash})`);
  const since = earlier === undefined ? 'All commits' : `Commits since ${earlier}`;
  return `# Inkcast ${version}\n\n${section.slice(section.indexOf('\n')).trim()}\n\n### ${since}\n\n${commits.join('\n')}\n`;
}

/** The newest tag of another version that this commit comes from; undefined for the first release. */
function tagBefore(repository: string, version: string): string | undefined {
  const args = ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', '--exclude', `v${version}`];
  const { status, stdout } = git(repository, ...args);
  return status === 0 ? stdout.trim() : undefined;
}

function commitsSince(repository: string, tag: string | undefined): Commit[] {
  const range = tag === undefined ? 'HEAD' : `${tag}..HEAD`;
  const { status, stdout, stderr } = git(repository, 'log', '--no-merges', '--format=%h %s', range);
  if (status !== 0) throw new Error(`git log failed: ${stderr}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => ({ hash: line.slice(0, line.indexOf(' ')), subject: line.slice(line.indexOf(' ') + 1) }));
}

/** Whether the repository has something that is not committed. @throws Error if git cannot tell */
export function isChanged(repository: string): boolean {
  const { status, stdout, stderr } = git(repository, 'status', '--porcelain');
  if (status !== 0) throw new Error(`git status failed: ${stderr}`);
  return stdout !== '';
}

function git(repository: string, ...args: readonly string[]) {
  return spawnSync('git', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 26 });
}
