import { type Signal, signal } from '@preact/signals';
import { type Api, type ApiError, asApiError, type SetupAnswers, type SetupOffer } from '../api/index.js';

/** The answers as they are typed; `camera` is empty where something else than what was found is named. */
export interface TypedAnswers {
  readonly camera: string;
  readonly otherCamera: string;
  readonly name: string;
  readonly broker: string;
  readonly username: string;
  readonly password: string;
}

const UNANSWERED: TypedAnswers = { camera: '', otherCamera: '', name: '', broker: '', username: '', password: '' };

/** What is sent; user and password only where they were named. */
export function answersFrom({ camera, otherCamera, name, broker, username, password }: TypedAnswers): SetupAnswers {
  return {
    camera: camera === '' ? otherCamera.trim() : camera,
    name: name.trim(),
    broker: broker.trim(),
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
  };
}

function offered(offer: SetupOffer | undefined): Partial<TypedAnswers> {
  if (offer === undefined) return {};
  const { cameras, name, broker } = offer;
  return { camera: cameras.at(0)?.value ?? '', name, broker };
}

export type Outcome =
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** What `inkcast setup` asks. Inkcast starts again with the answers once they are written. */
export class SetupForm {
  readonly #api: Api;
  readonly #offer: Signal<SetupOffer | undefined> = signal(undefined);
  readonly #typed: Signal<Partial<TypedAnswers>> = signal({});
  readonly #outcome: Signal<Outcome | undefined> = signal(undefined);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until the device has answered. */
  get offer(): SetupOffer | undefined {
    return this.#offer.value;
  }

  /** What is typed, and what the device offers where nothing is. */
  get answers(): TypedAnswers {
    return { ...UNANSWERED, ...offered(this.offer), ...this.#typed.value };
  }

  get outcome(): Outcome | undefined {
    return this.#outcome.value;
  }

  answer(change: Partial<TypedAnswers>): void {
    this.#typed.value = { ...this.#typed.value, ...change };
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.#offer.value = await this.#api.get<SetupOffer>('setup');
      return this.outcome;
    });
  }

  async write(): Promise<void> {
    await this.#attempt(async () => {
      const { file } = await this.#api.send<{ readonly file: string }>('POST', 'setup', answersFrom(this.answers));
      await this.#api.send('POST', 'restart');
      return { kind: 'written', file };
    });
  }

  async #attempt(act: () => Promise<Outcome | undefined>): Promise<void> {
    try {
      this.#outcome.value = await act();
    } catch (error) {
      this.#outcome.value = { kind: 'failed', error: asApiError(error) };
    }
  }
}
