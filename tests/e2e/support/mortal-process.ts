import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that makes events, in as many lives as it takes. */
export class MortalProcess {
  readonly #args: readonly string[];
  readonly #idIn: (line: string) => string | undefined;
  #child: ChildProcess | undefined;
  #last: Promise<number | null> | undefined;
  /** Ids that each life has named, in their order. */
  readonly lives: string[][] = [];

  /**
   * @param args of Node
   * @param idIn the id that a line of output names
   */
  constructor(args: readonly string[], idIn: (line: string) => string | undefined) {
    this.#args = args;
    this.#idIn = idIn;
  }

  /** How often it was killed. */
  get kills(): number {
    return this.lives.length - 1;
  }

  /** Runs until `enough` ids were named, killed `kills` times on the way, evenly; the last life is left to run on. */
  async run(enough: number, kills: number): Promise<void> {
    for (let life = 0; life <= kills; life++) {
      const goal = ((life + 1) * enough) / (kills + 1);
      const exited = this.#begin(goal);
      await exited.reached;
      if (life < kills) {
        this.stop();
        assert.equal(await exited.code, null, 'it ended by itself');
      }
    }
  }

  /** Asks the last life to end. @returns its exit code */
  async end(): Promise<number | null> {
    this.#child?.kill('SIGTERM');
    return (await this.#last) ?? null;
  }

  /** Kills the life that is. */
  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  /** @param goal ids that all lives together are to name */
  #begin(goal: number): { readonly reached: Promise<void>; readonly code: Promise<number | null> } {
    const child = spawn(process.execPath, this.#args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const named: string[] = [];
    const before = this.lives.flat().length;
    this.lives.push(named);
    this.#child = child;
    const code = once(child, 'close').then(([status]: (number | null)[]) => status);
    this.#last = code;
    const reached = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const id = this.#idIn(line);
        if (id !== undefined) named.push(id);
        if (before + named.length >= goal) resolve();
      });
      code.then((status) => reject(new Error(`it ended with ${status} after ${named.length} events`)));
    });
    return { reached, code };
  }
}
