import type { InkError } from '@inkcast/shared/errors';

/**
 * What a camera does:
 *
 * - `starting`: no frame has come yet
 * - `running`: frames come, or came until less than a second ago
 * - `silent`: it has delivered no frame for too long, and is being restarted
 * - `frozen`: it delivers the same picture, and is or was restarted; until a picture differs
 * - `torn`: its pictures come, but their rows shear
 * - `restarting`: it failed, and the next attempt waits for its time
 * - `ended`: a source that plays files has played all it has
 * - `stopped`
 */
export type CameraStateName =
  | 'starting'
  | 'running'
  | 'silent'
  | 'frozen'
  | 'torn'
  | 'restarting'
  | 'ended'
  | 'stopped';

export interface CameraState {
  readonly name: CameraStateName;
  readonly since: Date;
  /** Times it was started anew. */
  readonly restarts: number;
  /** The last failure, which a camera that runs again has overcome. */
  readonly lastError?: InkError;
}
