import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { DeviceState, LiveHeader, LiveReading, Reading } from '../api/index.js';
import { usePage, useWords } from '../page/index.js';
import { number } from '../words/index.js';
import { CameraView } from './camera-view.js';
import { DeviceParts } from './device-parts.js';
import { DoctorChecks } from './doctor-checks.js';
import { LiveLink } from './live-link.js';
import { ModelChoice } from './model-choice.js';
import { Readings } from './readings.js';
import { ValueForms } from './value-forms.js';

const NOTHING: readonly LiveReading[] = [];

export function LiveScreen() {
  const { access, api, state } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const link = useMemo(() => new LiveLink(api, (picture) => drawOn(canvas.current, picture)), [api]);
  useEffect(() => {
    link.start();
    return () => link.stop();
  }, [link]);
  return (
    <div class="live-screen">
      <CameraView canvas={canvas} link={link} />
      <div class="aside">
        <LiveReadings link={link} />
        <Speeds link={link} />
        {state.state.value === undefined ? null : <DeviceParts state={state.state.value} />}
        <ValueForms seen={link.header.value?.readings ?? NOTHING} />
        <ModelChoice />
        {access.mayChange ? <DoctorChecks /> : null}
      </div>
    </div>
  );
}

function drawOn(canvas: HTMLCanvasElement | null, picture: ImageBitmap): void {
  if (canvas === null) return;
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
}

/** From the live socket; asked for where there are single pictures only. */
function LiveReadings({ link }: { readonly link: LiveLink }) {
  const { api } = usePage();
  const asked = useSignal<readonly LiveReading[]>([]);
  const header = link.header.value;
  const age = link.onlyStills.value ? link.ageSeconds.value : undefined;
  useEffect(() => {
    if (header !== undefined && age === undefined) return;
    api.get<{ readonly readings: readonly Reading[] }>('reading').then(
      ({ readings }) => {
        asked.value = readings;
      },
      () => {},
    );
  }, [api, age, header === undefined]);
  return <Readings readings={age === undefined ? (header?.readings ?? asked.value) : asked.value} />;
}

/** What the device's state says of its speed, where there is no live connection. */
function told(state: DeviceState | undefined): Partial<Pick<LiveHeader, 'fps' | 'latencyMs'>> {
  return state === undefined ? {} : { fps: state.fps, latencyMs: state.latencyMs };
}

function Speeds({ link }: { readonly link: LiveLink }) {
  const { language, state } = usePage();
  const words = useWords().live;
  const { fps = 0, latencyMs = null } = link.header.value ?? told(state.state.value);
  return (
    <dl class="speeds">
      <div>
        <dt>{words.fps}</dt>
        <dd>{number(fps, language.locale)}</dd>
      </div>
      <div>
        <dt>{words.latency}</dt>
        <dd>{latencyMs === null ? '–' : words.milliseconds(number(latencyMs, language.locale, 0))}</dd>
      </div>
    </dl>
  );
}
