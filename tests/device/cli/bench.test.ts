import assert from 'node:assert/strict';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast } from '../support/command.js';

interface Times {
  readonly backEnds: readonly {
    readonly name: string;
    readonly microseconds: number | null;
    readonly reason?: string;
  }[];
}

describe('inkcast bench inference', () => {
  it('times what runs the model here, and says why the rest does not', () =>
    inTemporaryFolder(async (state) => {
      const { code, stdout } = await inkcast('bench', 'inference', '--json', '--state', state);
      const { backEnds }: Times = JSON.parse(stdout);
      assert.equal(code, 0);
      assert.deepEqual(
        backEnds.map(({ name }) => name),
        ['cpu', 'wasm', 'coral'],
      );
      for (const { microseconds, reason } of backEnds) assert.ok(microseconds === null ? reason : microseconds > 0);
      assert.ok(backEnds.some(({ microseconds }) => microseconds !== null));
      const coral = await inkcast('bench', 'inference', '--state', state);
      assert.match(coral.stdout, /^wasm: [\d.]+ us a digit \(median\)$/m);
    }));
});
