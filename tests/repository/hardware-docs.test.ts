import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('docs/lab-notes/hardware.md', () => {
  it('names tests and commands that there are', async () => {
    const page = await readFile(join(ROOT, 'docs/lab-notes/hardware.md'), 'utf8');
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const tests = [...page.matchAll(/`(?:npx mocha )?(tests\/[\w/.-]+)`/g)].map(([, path]) => path);
    const commands = [...page.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name);
    assert.ok(tests.length > 10 && commands.length > 1);
    for (const path of tests) await access(join(ROOT, path));
    for (const name of commands) assert.ok(name in scripts, name);
  });
});
