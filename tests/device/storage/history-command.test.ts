import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommandLine } from '@inkcast/device/cli';
import { sampleEvent } from '@inkcast/lab/broker';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { withStore } from './support.js';

async function history(...args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await runCommandLine(['history', ...args], {
    interactive: false,
    print: (line) => lines.push(...line.split('\n')),
    note: (line) => notes.push(line),
    log: () => {},
  });
  return { code, lines, notes: notes.join('\n') };
}

describe('inkcast history', () => {
  it('prints what is stored, while the daemon runs and afterwards', () =>
    inTemporaryFolder(async (folder) => {
      const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
      const events = [90, 45, 0].map((minutes) => sampleEvent(String(minutes), { capturedAt: at(minutes) }));
      const check = async () => {
        const { code, lines } = await history('--state', folder, '--json');
        assert.equal(code, 0);
        assert.deepEqual(
          lines.map((line) => JSON.parse(line)),
          events.map(({ id, event_type, text, confidence, capturedAt, model }) => ({
            id,
            event_type,
            text,
            confidence,
            model,
            capturedAt,
          })),
        );
        const since = await history('--state', folder, '--json', '--since', '1h');
        assert.equal(since.lines.length, 2);
        const limited = await history('--state', folder, '--limit', '1');
        assert.match(limited.lines.join('\n'), /^ *time +event +text.*\n\S+ +digits_changed +0 +0\.980/);
      };
      await withStore(folder, async (store) => {
        for (const event of events) await store.put(event);
        await check();
      });
      await check();
    }));

  it('filters by day, time, kind and region', () =>
    inTemporaryFolder(async (folder) => {
      await withStore(folder, async (store) => {
        for (const [day, text] of [
          [27, '1'],
          [28, '2'],
          [28, '3'],
        ] as const) {
          const event = sampleEvent(text, { capturedAt: new Date(2026, 10, day, 12, Number(text)).toISOString() });
          const event_type = text === '2' ? 'digits_appeared' : 'digits_changed';
          await store.put({ ...event, event_type, region: text === '3' ? 'guest' : 'home' });
        }
      });
      for (const [options, texts] of [
        [['--day', '2026-11-28'], '23'],
        [['--until', new Date(2026, 10, 28, 12, 2).toISOString()], '12'],
        [['--kind', 'digits_changed'], '13'],
        [['--region', 'home', '--day', '2026-11-28'], '2'],
      ] as const) {
        const { lines } = await history('--state', folder, '--json', ...options);
        assert.equal(lines.map((line) => JSON.parse(line).text).join(''), texts, options.join(' '));
      }
      assert.equal((await history('--state', folder, '--kind', 'other')).code, 2);
      const wrong = await history('--state', folder, '--day', 'today');
      assert.deepEqual([wrong.code, /INK_USAGE: --day today is not a day/.test(wrong.notes)], [2, true]);
    }));

  it('says which region an entry is of, where there are named ones', () =>
    inTemporaryFolder(async (folder) => {
      await withStore(folder, async (store) => {
        await store.put(sampleEvent('1'));
        await store.put({ ...sampleEvent('2'), region: 'home' });
      });
      const { lines } = await history('--state', folder, '--json');
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)).map(({ text, region }) => [text, region]),
        [
          ['1', undefined],
          ['2', 'home'],
        ],
      );
      const shown = (await history('--state', folder)).lines;
      assert.match(shown[0], /^region +time/);
      assert.match(shown[2], /^ *home +\S+ +digits_changed +2/);
    }));

  it('field report 9: says that the database was emptied', () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'inkcast.db'), '');
      const { code, notes } = await history('--state', folder);
      assert.equal(code, 1);
      assert.match(notes, /INK_HISTORY_UNREADABLE.* it was emptied and has 0 bytes/);
    }));

  it('says what is wrong', () =>
    inTemporaryFolder(async (folder) => {
      const missing = await history('--state', folder);
      assert.equal(missing.code, 1);
      assert.match(missing.notes, /INK_HISTORY_MISSING/);
      assert.equal((await history('--state', folder, '--limit', '0')).code, 2);
      assert.equal((await history('--state', folder, '--since', 'yesterday')).code, 2);
    }));
});
