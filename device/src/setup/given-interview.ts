import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { deviceIdFrom, deviceIdSchema } from '@inkcast/shared/messages';
import { brokerFrom } from './broker-choice.js';
import { CAMERA_FORMS, cameraFrom } from './camera-choice.js';
import type { FoundCamera } from './found-cameras.js';
import { DEFAULT_BROKER, type Decision, type GivenAnswers, type Interview } from './interview.js';
import type { BrokerChoice, CameraChoice } from './setup-values.js';

/** Takes answers from the command line, with defaults for those that are missing. Nobody is asked. */
export class GivenInterview implements Interview {
  readonly #given: GivenAnswers;
  readonly #findCameras: () => Promise<readonly FoundCamera[]>;

  constructor(given: GivenAnswers, findCameras: () => Promise<readonly FoundCamera[]>) {
    this.#given = given;
    this.#findCameras = findCameras;
  }

  async agreeToReplace(config: string): Promise<void> {
    if (!this.#given.force) throw alreadyThere(config);
  }

  /** @throws InkError INK_USAGE if no camera is named and none is found */
  async camera(): Promise<CameraChoice> {
    const { camera = (await this.#findCameras())[0]?.value } = this.#given;
    if (camera !== undefined) return cameraFrom(camera);
    throw new InkError('INK_USAGE', 'No camera was found on this machine.', {
      remedy: `Name one with --camera: ${CAMERA_FORMS}.`,
    });
  }

  async name(): Promise<string> {
    return checkedName(this.#given.name ?? defaultName());
  }

  async broker(): Promise<BrokerChoice> {
    const { broker = DEFAULT_BROKER, passwordFile } = this.#given;
    return withPasswordFile(brokerFrom(broker), passwordFile);
  }

  async afterFailure(): Promise<Decision> {
    return 'on';
  }
}

export function defaultName(): string {
  return deviceIdFrom(hostname());
}

/** @throws InkError INK_USAGE */
export function checkedName(name: string): string {
  const refusal = refuseName(name);
  if (refusal === undefined) return name;
  throw new InkError('INK_USAGE', `The name "${name}" cannot be used.`, { remedy: refusal });
}

/** Why a name is refused. */
export function refuseName(name: string): string | undefined {
  if (deviceIdSchema.safeParse(name).success) return undefined;
  return 'A name has 1 to 64 letters, digits, dashes and underscores: it becomes a part of MQTT topics.';
}

export function alreadyThere(config: string): InkError {
  return new InkError('INK_CONFIG_EXISTS', `${config} is there already.`);
}

/** @throws InkError INK_USAGE if the address holds a password as well */
export function withPasswordFile(broker: BrokerChoice, file: string | undefined): BrokerChoice {
  if (file === undefined) return broker;
  if (broker.password === undefined) return { ...broker, passwordFile: resolve(file) };
  throw new InkError('INK_USAGE', "The broker's password stands in its address and in --password-file.", {
    remedy: 'Leave one of them out.',
  });
}
