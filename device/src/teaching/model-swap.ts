import { InkError } from '@inkcast/shared/errors';
import type { GateReport } from '@inkcast/shared/teaching';
import { z } from 'zod';
import type { TaughtModels } from './taught-models.js';
import type { TeachingDatabase } from './teaching-database.js';

/** A candidate, and the model that it was compared with. */
export interface Candidate {
  readonly folder: string;
  readonly base: string;
  readonly report: GateReport;
}

/** The model before the last swap, and the one after it. */
const swapSchema = z.object({ from: z.string(), to: z.string() });

/**
 * Swaps candidates in, and back. A bundle is installed whole or not at all, the engine takes it between two frames, and the
 * file that names the model in use is replaced last: whatever ends the process, one model or the other is in use.
 */
export class ModelSwap {
  readonly #models: TaughtModels;
  readonly #database: TeachingDatabase;
  #last: z.infer<typeof swapSchema> | undefined;

  constructor(models: TaughtModels, database: TeachingDatabase) {
    this.#models = models;
    this.#database = database;
  }

  /** Takes up what an earlier run has left; to be called where there is a database. */
  async start(): Promise<void> {
    this.#last = swapSchema.safeParse(await this.#database.call('state', 'swap')).data;
  }

  /** Whether there is a model from before the last swap, and the one that it brought is still in use. */
  get canUndo(): boolean {
    return this.#last !== undefined && this.#last.to === this.#models.inUse().reference;
  }

  /** @throws InkError INK_CANDIDATE_REFUSED where it did not pass, or was compared with another model than the one in use */
  async swap({ folder, base, report }: Candidate): Promise<void> {
    if (!report.passed) throw new InkError('INK_CANDIDATE_REFUSED', report.reasons.join(' ') || 'It did not pass.');
    const { reference } = this.#models.inUse();
    if (reference !== base) {
      throw new InkError(
        'INK_CANDIDATE_REFUSED',
        `The candidate was compared with ${base}, and ${reference} is in use.`,
      );
    }
    // There must be a way back before there is a way forward.
    await this.#models.folderOf(base);
    const to = await this.#models.install(folder);
    await this.#database.call('setState', { name: 'swap', value: { from: base, to } });
    this.#last = { from: base, to };
    await this.#models.use(to);
  }

  /** Reads with the model from before the last swap again. @throws InkError INK_CANDIDATE_MISSING where there is none */
  async undo(): Promise<void> {
    if (this.#last === undefined || !this.canUndo) {
      throw new InkError('INK_CANDIDATE_MISSING', 'There is no swap to undo.');
    }
    await this.#models.use(this.#last.from);
  }
}
