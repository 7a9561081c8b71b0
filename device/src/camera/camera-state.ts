import type { InkError } from '@inkcast/shared/errors';

/**
 * The state of a camera:
 *
 * - `missing`: none is configured
 * - `starting`: no frame has arrived yet
 * - `running`: frames arrive, or the last one arrived less than a second ago
 * - `silent`: no frame has arrived for too long, and the camera is being restarted
 * - `frozen`: all pictures are the same, and the camera is or was restarted; ends with the first different picture
 * - `torn`: pictures arrive, but their rows are sheared
 * - `restarting`: the camera failed and waits for its next attempt
 * - `ended`: a source of files has played all of them
 * - `stopped`
 */
export type CameraStateName =
  | 'missing'
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
  /** Number of restarts. */
  readonly restarts: number;
  /** The last failure. A camera that is running again has overcome it. */
  readonly lastError?: InkError;
}
