import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Alignment, ReferenceFile } from '@inkcast/device/alignment';
import type { LumaFrame, ViewArea } from '@inkcast/reader/vision';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { COVERS, LIGHTS, type Look, scene, view } from './support/scenes.js';

const FRAME_MS = 100;
const DAY = new Date('2026-11-28T12:00:00Z');
const AREA: ViewArea = { regionOfInterest: { x: 0.3, y: 0.3, width: 0.3, height: 0.3 } };

/** A camera before one scene, and what becomes of its frames. */
class Watch {
  readonly settings = { enabled: true, maxShift: 0.1 };
  readonly alignment: Alignment;
  moves = 0;
  #at = 0;
  readonly #frame: LumaFrame;

  constructor(folder: string, frame: LumaFrame) {
    this.#frame = frame;
    this.alignment = new Alignment({
      file: new ReferenceFile(folder),
      settings: () => this.settings,
      areas: () => [AREA],
      onMoved: () => this.moves++,
      onProblem: () => {},
    });
  }

  /** Takes a reference of the scene as it is. */
  async set(look: Look = {}): Promise<void> {
    await this.alignment.set(view(this.#frame, look), DAY);
    this.moves = 0;
  }

  /** Shows the scene for some seconds. @returns the codes of what is wrong then */
  show(look: Look, seconds: number): string[] {
    const shown = view(this.#frame, { seed: 5, ...look });
    for (const end = this.#at + 1000 * seconds; this.#at < end; this.#at += FRAME_MS) {
      this.alignment.take(shown, DAY, this.#at);
    }
    return [...this.alignment.problems.values()].map(({ code }) => code);
  }
}

const watching = (work: (watch: Watch, folder: string) => Promise<void>) =>
  inTemporaryFolder(async (folder) => work(new Watch(folder, await scene('01-note.jpg')), folder));

describe('the alignment with a reference picture', () => {
  it('does nothing without one', () =>
    watching(async ({ alignment, ...watch }) => {
      assert.equal(watch.moves, 0);
      alignment.take({ width: 2, height: 2, gray: new Uint8Array(4) }, DAY, 0);
      assert.deepEqual(alignment.state, { takenAt: null, status: 'none', dx: null, dy: null, followed: false });
      assert.equal(alignment.follow(AREA), AREA);
    }));

  it('notices a knocked camera, lets regions follow, and is content when it is put back', () =>
    watching(async (watch) => {
      await watch.set();
      assert.deepEqual(watch.show({}, 11), []);
      assert.equal(watch.alignment.state.status, 'aligned');
      assert.deepEqual(watch.show({ dx: 20, dy: -12 }, 7), ['INK_VIEW_MOVED']);
      const { status, dx, dy, followed } = watch.alignment.state;
      assert.deepEqual([status, followed, watch.moves], ['moved', true, 1]);
      assert.ok(Math.abs((dx ?? 0) - 20 / 500) < 0.004 && Math.abs((dy ?? 0) + 12 / 340) < 0.006, `${dx}, ${dy}`);
      const { regionOfInterest } = watch.alignment.follow(AREA);
      assert.ok(Math.abs((regionOfInterest?.x ?? 0) - 0.34) < 0.004, String(regionOfInterest?.x));
      assert.match(String(watch.alignment.problems.get('view')?.message), /right and 12 pixels up; the regions follow/);
      assert.deepEqual(watch.show({}, 7), []);
      assert.deepEqual(watch.alignment.follow(AREA), AREA);
    }));

  it('looks at once where much has changed, and believes no single frame', () =>
    watching(async (watch) => {
      await watch.set();
      watch.show({}, 1);
      watch.alignment.changed();
      assert.deepEqual(watch.show({ dx: 20 }, 0.7), []);
      assert.deepEqual(watch.show({ dx: 20 }, 1), ['INK_VIEW_MOVED']);
      watch.alignment.changed();
      watch.show({ dx: 30 }, 0.5);
      assert.deepEqual(watch.show({}, 2), []);
    }));

  it('does not follow farther than it may, and says so', () =>
    watching(async (watch) => {
      await watch.set();
      assert.deepEqual(watch.show({ dx: 60, dy: 30 }, 7), ['INK_VIEW_MOVED']);
      assert.equal(watch.alignment.follow(AREA), AREA);
      assert.match(String(watch.alignment.problems.get('view')?.message), /farther than vision\.alignment\.maxShift/);
      watch.settings.maxShift = 0.25;
      assert.notDeepEqual(watch.alignment.follow(AREA), AREA);
    }));

  it('takes another light for no shift, and a covered lens for a lost view until it is seen again', () =>
    watching(async (watch) => {
      await watch.set();
      for (const light of Object.values(LIGHTS)) assert.deepEqual(watch.show({ light }, 6), []);
      for (const light of Object.values(COVERS)) {
        assert.deepEqual(watch.show({ light }, 9), ['INK_VIEW_LOST']);
        assert.deepEqual([watch.alignment.state.status, watch.alignment.state.dx], ['lost', null]);
        assert.deepEqual(watch.show({}, 7), []);
      }
      // Somebody passes.
      watch.alignment.changed();
      assert.deepEqual(watch.show({ light: COVERS['a hand'] }, 1), []);
    }));

  it('keeps the reference over restarts, until it is forgotten or is none any more', () =>
    watching(async (watch, folder) => {
      await watch.set();
      const frame = await scene('01-note.jpg');
      const next = new Watch(folder, frame);
      await next.alignment.start();
      assert.deepEqual(next.alignment.state.takenAt, DAY.toISOString());
      assert.deepEqual(next.alignment.picture, watch.alignment.picture);
      assert.deepEqual(next.show({ dx: -20 }, 7), ['INK_VIEW_MOVED']);
      await next.alignment.forget();
      assert.deepEqual([next.show({ dx: -20 }, 7), next.alignment.state.status], [[], 'none']);
      for (const text of ['', '{}', '{"takenAt":"2026-11-28T12:00:00Z","width":2,"height":2,"picture":"AAAA"}']) {
        await writeFile(join(folder, 'reference.json'), text);
        const last = new Watch(folder, frame);
        await last.alignment.start();
        assert.equal(last.alignment.state.status, 'none', text);
      }
    }));

  it('takes the view for the reference in which areas are set anew', () =>
    watching(async (watch) => {
      await watch.set();
      watch.show({ dx: 20 }, 7);
      watch.alignment.areasChanged();
      watch.show({ dx: 20 }, FRAME_MS / 1000);
      while (watch.moves < 2) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(watch.show({ dx: 20 }, 7), []);
      assert.deepEqual(watch.alignment.follow(AREA), AREA);
      assert.deepEqual(watch.show({}, 7), ['INK_VIEW_MOVED']);
    }));

  it('is off where it is switched off', () =>
    watching(async (watch) => {
      await watch.set();
      watch.settings.enabled = false;
      assert.deepEqual(watch.show({ dx: 20 }, 7), []);
      assert.equal(watch.alignment.follow(AREA), AREA);
    }));
});
