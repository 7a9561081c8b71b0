import { asInkError, type InkError } from '@inkcast/shared/errors';
import { brokerFrom } from './broker-choice.js';
import { cameraFrom } from './camera-choice.js';
import type { FoundCamera } from './found-cameras.js';
import { alreadyThere, checkedName, defaultName, refuseName, withPasswordFile } from './given-interview.js';
import { DEFAULT_BROKER, type Decision, type GivenAnswers, type Interview } from './interview.js';
import type { Questions } from './questions.js';
import type { BrokerChoice, CameraChoice } from './setup-values.js';

/** Kinds of cameras that cannot be detected, with the question for each. */
const OTHER_CAMERAS = [
  { value: 'address', label: 'A network camera', question: 'Its address (http:// or rtsp://)' },
  { value: 'video', label: 'A video file', question: 'The file' },
  { value: 'folder', label: 'A folder of pictures', question: 'The folder' },
] as const;

/** Asks for what the command line leaves out, and again for what does not work. */
export class AskingInterview implements Interview {
  readonly #questions: Questions;
  readonly #findCameras: () => Promise<readonly FoundCamera[]>;
  readonly #complain: (error: InkError) => void;
  #given: GivenAnswers;

  /** @param complain called with the reason why an answer is refused, before the question is repeated */
  constructor(
    given: GivenAnswers,
    questions: Questions,
    findCameras: () => Promise<readonly FoundCamera[]>,
    complain: (error: InkError) => void,
  ) {
    this.#given = given;
    this.#questions = questions;
    this.#findCameras = findCameras;
    this.#complain = complain;
  }

  async agreeToReplace(config: string): Promise<void> {
    if (this.#given.force) return;
    if (!(await this.#questions.confirm(`${config} is there already. Replace it? (A copy is kept.)`))) {
      throw alreadyThere(config);
    }
  }

  camera(): Promise<CameraChoice> {
    return this.#untilTaken(
      async () => this.#take('camera') ?? (await this.#askCamera()),
      (text) => cameraFrom(text),
    );
  }

  name(): Promise<string> {
    return this.#untilTaken(
      async () => this.#take('name') ?? (await this.#askName()),
      async (name) => checkedName(name),
    );
  }

  async broker(): Promise<BrokerChoice> {
    const passwordFile = this.#take('passwordFile');
    const named = await this.#untilTaken(
      async () => this.#take('broker') ?? (await this.#askBroker()),
      async (text) => withPasswordFile(brokerFrom(text), passwordFile),
    );
    const username = named.username ?? (await this.#questions.text('User at the broker (empty for none)'));
    if (username === '') return named;
    const known = named.password !== undefined || named.passwordFile !== undefined;
    const password = known ? '' : await this.#questions.secret(`Password of ${username} (empty for none)`);
    return { ...named, username, ...(password === '' ? {} : { password }) };
  }

  afterFailure(part: 'camera' | 'broker'): Promise<Decision> {
    return this.#questions.choose('What now?', [
      { value: 'again', label: 'Try again' },
      { value: 'change', label: `Name another ${part}` },
      { value: 'on', label: 'Go on as it is' },
    ]);
  }

  async #askCamera(): Promise<string> {
    const found = await this.#findCameras();
    const question = `${found.length === 0 ? 'No camera was found on this machine. ' : ''}Where do frames come from?`;
    const chosen = await this.#questions.choose(question, [...found, ...OTHER_CAMERAS]);
    const other = OTHER_CAMERAS.find(({ value }) => value === chosen);
    if (other === undefined) return chosen;
    const refuse = (answer: string) => (answer === '' ? 'Something has to stand here.' : undefined);
    return this.#questions.text(other.question, { refuse });
  }

  #askName(): Promise<string> {
    return this.#questions.text('A name for this device', { fallback: defaultName(), refuse: refuseName });
  }

  #askBroker(): Promise<string> {
    return this.#questions.text('The MQTT broker', { fallback: DEFAULT_BROKER });
  }

  /** Asks until the answer is understood. */
  async #untilTaken<T>(ask: () => Promise<string>, understand: (answer: string) => Promise<T>): Promise<T> {
    for (;;) {
      const answer = await ask();
      try {
        return await understand(answer);
      } catch (error) {
        this.#complain(asInkError(error));
      }
    }
  }

  /** The answer from the command line, on the first use. If it does not work, the question is asked. */
  #take(what: 'camera' | 'name' | 'broker' | 'passwordFile'): string | undefined {
    const answer = this.#given[what];
    this.#given = { ...this.#given, [what]: undefined };
    return answer;
  }
}
