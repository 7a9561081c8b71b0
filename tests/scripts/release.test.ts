import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import '../support/built-programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);
const CHANGES = '# Changelog\n\n## 0.2.0\n\n- It reads letters.\n\n## 0.1.0\n\n- It reads digits.\n';

const release = (...args: string[]) =>
  execute(process.execPath, [...process.execArgv, join(ROOT, 'scripts/release.ts'), ...args]);

/** A repository with a release and a commit after it. */
async function sampleRepository(folder: string): Promise<void> {
  const git = (...args: string[]) =>
    execute('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.example', ...args], { cwd: folder });
  await writeFile(join(folder, 'CHANGELOG.md'), CHANGES);
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'Read digits');
  await git('tag', 'v0.1.0');
  await git('commit', '-qm', 'Read letters: words need them', '--allow-empty');
}

/** What a function of the scripts returns, as text. */
async function call(module: string, name: string, ...parameters: readonly string[]): Promise<string> {
  const script = `import { ${name} } from ${JSON.stringify(join(ROOT, 'scripts', module))};
    process.stdout.write(String(${name}(...${JSON.stringify(parameters)})));`;
  const args = [...process.execArgv, '--input-type=module', '--eval', script];
  return (await execute(process.execPath, args, { cwd: ROOT })).stdout;
}

const notes = (folder: string, version: string): Promise<string> =>
  call('release/notes.ts', 'releaseNotes', folder, version);

describe('npm run release', function () {
  this.timeout(240_000);

  it('makes packages with checksums that hold, and notes', () =>
    inTemporaryFolder(async (folder) => {
      const out = join(folder, 'release');
      await release('--only', 'npm', '--changed', '--out', out);
      const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
      const files = await readdir(out);
      assert.ok(files.includes(`inkcast-${version}.tgz`) && files.includes('RELEASE-NOTES.md'), files.join());
      await execute('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: out });
      const sums = await readFile(join(out, 'SHA256SUMS'), 'utf8');
      assert.equal(sums.trim().split('\n').length, files.length - 1);
    }));

  it('names what has changed: the section of the version, and the commits since the release before', () =>
    inTemporaryFolder(async (folder) => {
      await sampleRepository(folder);
      const text = await notes(folder, '0.2.0');
      assert.match(
        text,
        /^# Inkcast 0\.2\.0\n\n- It reads letters\.\n\n### Commits since v0\.1\.0\n\n- Read letters: words need them \([0-9a-f]+\)\n$/,
      );
      assert.match(await notes(folder, '0.1.0'), /- It reads digits\.\n\n### All commits\n\n(- .*\n){2}$/);
      await assert.rejects(notes(folder, '0.3.0'), /CHANGELOG\.md has no section for 0\.3\.0/);
    }));

  it('knows before it begins whether images of another architecture can be made', () =>
    inTemporaryFolder(async (folder) => {
      const [architecture, emulator] = process.arch === 'arm64' ? ['amd64', 'qemu-x86_64'] : ['arm64', 'qemu-aarch64'];
      const missing = (): Promise<string> =>
        call('package/oci/image-tools.ts', 'missingEmulator', architecture, folder);
      assert.match(await missing(), /^the kernel cannot run programs of .*; mount -t binfmt_misc/);
      await writeFile(join(folder, 'status'), 'enabled\n');
      assert.match(await missing(), /; apt install qemu-user-static$/);
      await writeFile(join(folder, emulator), 'enabled\n');
      assert.equal(await missing(), 'undefined');
    }));

  it('asks for the key of the apt repository and the place of the images', async () => {
    const nowhere = ['--only', 'addon', '--image', 'example.org/addon', '--url', 'https://example.org'];
    for (const args of [[], nowhere, ['--only', 'rpm']]) {
      await assert.rejects(release(...args), { code: 2 });
    }
  });
});

describe('the workflows', () => {
  const jobsSchema = z.record(z.string(), z.object({ steps: z.array(z.object({ run: z.string().optional() })) }));

  it('check with .ci/run, and release with npm run release', async () => {
    const folder = join(ROOT, '.github/workflows');
    const runs = new Map<string, string[]>();
    for (const name of await readdir(folder)) {
      const { jobs } = parse(await readFile(join(folder, name), 'utf8'));
      const steps = Object.values(jobsSchema.parse(jobs)).flatMap((job) => job.steps);
      runs.set(
        name,
        steps.flatMap(({ run }) => run ?? []),
      );
    }
    assert.deepEqual(runs.get('check.yml'), ['.ci/run']);
    const steps = runs.get('release.yml') ?? [];
    const [checked, made] = [steps.indexOf('.ci/run'), steps.findIndex((step) => step.includes('npm run release -- '))];
    assert.ok(checked >= 0 && made > checked, steps.join('\n'));
    assert.ok(((await stat(join(ROOT, '.ci/run'))).mode & 0o100) !== 0);
  });
});
