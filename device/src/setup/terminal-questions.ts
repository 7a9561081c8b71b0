import { Cancelled, type Choice, type Questions, type TextQuestion } from './questions.js';

/** The package that asks; loaded only where something is asked, which the daemon never does. */
const openPrompts = () => import('@clack/prompts');

/** Asks questions on the terminal of this process. */
export class TerminalQuestions implements Questions {
  readonly #signal: AbortSignal;

  /** @param signal cancels a question like Ctrl-C */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T> {
    const options = choices.map(({ value, label }): Choice<string> => ({ value, label }));
    const { select } = await openPrompts();
    const chosen = await answered(await select({ message, options, signal: this.#signal }));
    const found = choices.find(({ value }) => value === chosen);
    if (found === undefined) throw new Cancelled();
    return found.value;
  }

  async text(message: string, { fallback = '', refuse }: TextQuestion = {}): Promise<string> {
    const given = (typed: string | undefined) => (typed === undefined || typed.trim() === '' ? fallback : typed.trim());
    const shown = { placeholder: fallback, defaultValue: fallback, signal: this.#signal };
    const validate = (typed: string | undefined) => refuse?.(given(typed));
    const { text } = await openPrompts();
    return given(await answered(await text({ message, ...shown, validate })));
  }

  async secret(message: string): Promise<string> {
    const { password } = await openPrompts();
    return answered(await password({ message, signal: this.#signal }));
  }

  async confirm(message: string): Promise<boolean> {
    const { confirm } = await openPrompts();
    return answered(await confirm({ message, initialValue: false, signal: this.#signal }));
  }
}

type Cancel = Extract<Awaited<ReturnType<Awaited<ReturnType<typeof openPrompts>>['confirm']>>, symbol>;

async function answered<T>(answer: T | Cancel): Promise<T> {
  const { isCancel } = await openPrompts();
  if (isCancel(answer)) throw new Cancelled();
  return answer;
}
