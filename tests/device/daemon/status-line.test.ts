import assert from 'node:assert/strict';
import { type Situation, statusLine } from '@inkcast/device/daemon';

const since = '2026-01-01T00:00:00.000Z';
const problem = (code: string, message: string) => ({ code, message, since });
const reading = (text: string) => new Map([[undefined, text]]);
const well: Situation = {
  texts: reading('407'),
  health: { paused: false, camera: 'running', problems: [] },
  connected: true,
};

const lines: readonly [string, Situation, string][] = [
  ['all is well', well, 'Reading 407; camera ok; broker connected'],
  ['two rows are read', { ...well, texts: reading('12\n34') }, 'Reading 12 / 34; camera ok; broker connected'],
  ['nothing is in view', { ...well, texts: reading('') }, 'No digits in view; camera ok; broker connected'],
  [
    'there are named regions',
    {
      ...well,
      texts: new Map([
        ['home', '12'],
        ['guest', ''],
      ]),
    },
    'home 12; guest without digits; camera ok; broker connected',
  ],
  [
    'it has just started',
    { texts: new Map(), health: undefined, connected: false },
    'Nothing read yet; camera starting; no broker',
  ],
  [
    'it is paused',
    { ...well, health: { paused: true, camera: 'paused', problems: [] } },
    'Paused; camera ok; broker connected',
  ],
  [
    'nothing works',
    {
      texts: reading('407'),
      health: {
        paused: false,
        camera: 'failed',
        problems: [
          problem('INK_CORAL_FAILED', 'The Coral accelerator was unplugged.'),
          problem('INK_CAMERA_SILENT', 'The camera has delivered no frame for 10 s.'),
          problem('INK_MQTT_CONNECT', 'mqtt://broker refused the connection.'),
        ],
      },
      connected: false,
    },
    'Reading 407; camera failed: The camera has delivered no frame for 10 s; ' +
      'no broker: mqtt://broker refused the connection; The Coral accelerator was unplugged',
  ],
];

const refused: readonly [string, Situation, string][] = [
  [
    'the broker is connected and refuses messages',
    {
      ...well,
      health: {
        paused: false,
        camera: 'running',
        problems: [
          problem('INK_MQTT_PUBLISH', 'The broker refused the picture.'),
          problem('INK_MQTT_FORBIDDEN', 'The broker refused the health.'),
        ],
      },
    },
    'Reading 407; camera ok; broker connected; The broker refused the picture; The broker refused the health',
  ],
  [
    'something is wrong with a camera that runs, or that has ended',
    {
      ...well,
      health: { paused: false, camera: 'ended', problems: [problem('INK_CAMERA_FRAME', 'A frame was torn.')] },
    },
    'Reading 407; camera ended; broker connected; A frame was torn',
  ],
];

describe('the status line', () => {
  for (const [when, situation, line] of refused) {
    it(`field report 4: hides no problem when ${when}`, () => assert.equal(statusLine(situation), line));
  }

  for (const [when, situation, line] of lines) {
    it(`says how the daemon is when ${when}`, () => assert.equal(statusLine(situation), line));
  }
});
