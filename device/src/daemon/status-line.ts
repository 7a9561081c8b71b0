import type { HealthMessage } from '@inkcast/shared/messages';

export interface Situation {
  /** What is in view, by region, and of a device without named ones by undefined; empty where nothing has been read yet. */
  readonly texts: ReadonlyMap<string | undefined, string>;
  /** Undefined before the first report. */
  readonly health: Pick<HealthMessage, 'paused' | 'camera' | 'problems'> | undefined;
  /** Whether the broker is connected. */
  readonly connected: boolean;
}

/** How the daemon is, for people, in one line: `Reading 407; camera ok; broker connected`. */
export function statusLine({ texts, health, connected }: Situation): string {
  const problems = health?.problems ?? [];
  const camera = health?.camera ?? 'starting';
  const first = (prefix: string) => problems.find(({ code }) => code.startsWith(prefix));
  const cameraReason = camera === 'starting' || camera === 'failed' ? first('INK_CAMERA_') : undefined;
  const brokerReason = connected ? undefined : first('INK_MQTT_');
  const others = problems.filter((problem) => problem !== cameraReason && problem !== brokerReason);
  return [
    ...(health?.paused ? ['Paused'] : readingsIn(texts)),
    cameraIn(camera, cameraReason?.message),
    connected ? 'broker connected' : `no broker${because(brokerReason?.message)}`,
    ...others.map(({ message }) => message),
  ]
    .map((part) => part.replace(/\.$/, ''))
    .join('; ');
}

function readingsIn(texts: Situation['texts']): string[] {
  if (texts.size === 0) return ['Nothing read yet'];
  return [...texts].map(([region, text]) => {
    const shown = text.replaceAll('\n', ' / ');
    if (region !== undefined) return `${region} ${shown === '' ? 'without digits' : shown}`;
    return shown === '' ? 'No digits in view' : `Reading ${shown}`;
  });
}

function cameraIn(state: HealthMessage['camera'], reason: string | undefined): string {
  switch (state) {
    case 'running':
    case 'paused':
      return 'camera ok';
    case 'starting':
      return `camera starting${because(reason)}`;
    case 'failed':
      return `camera failed${because(reason)}`;
    case 'ended':
      return 'camera ended';
  }
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
