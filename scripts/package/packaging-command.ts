import { spawnSync } from 'node:child_process';
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A command of `npm run` that makes packages: it ends with one sentence, and with 2 where it was called wrongly. */
export class PackagingCommand {
  readonly #name: string;
  readonly #usage: string;

  /** @param usage what may follow the name */
  constructor(name: string, usage: string) {
    this.#name = name;
    this.#usage = usage;
  }

  /** Ends because it was called wrongly, and shows how it is called. */
  misused(problem: string): never {
    console.error(`${this.#name}: ${problem}`);
    console.error(`usage: npm run ${this.#name} -- ${this.#usage}`);
    process.exit(2);
  }

  fail(problem: string): never {
    console.error(`${this.#name}: ${problem}`);
    process.exit(1);
  }

  /** The options that it was called with. */
  options<const T extends Options>(options: T): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
    try {
      return parseArgs({ options }).values;
    } catch (error) {
      return this.misused(messageOf(error));
    }
  }

  /** Fails without a program. @param remedy where it comes from */
  needs(program: string, remedy: string): void {
    if (spawnSync(program, ['--version']).error !== undefined) this.fail(`${program} is missing; ${remedy}`);
  }

  /** Fails with the reason where the work does. */
  async run(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(messageOf(error));
    }
  }
}
