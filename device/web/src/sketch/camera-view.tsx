import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../look/index.js';
import type { TryWords } from '../words/index.js';
import type { CameraFault, CameraState, LiveCamera } from './live-camera.js';
import { Boxes, ReadText } from './picture-reading.js';
import type { ReadingFailure } from './reading-link.js';

interface CameraViewProps {
  readonly camera: LiveCamera;
  readonly words: TryWords;
  readonly locale: string;
}

/** The camera of whoever looks at the page, with what is read of it. */
export function CameraView({ camera, words, locale }: CameraViewProps) {
  const state = camera.state.value;
  const isOn = state.kind === 'on' || state.kind === 'opening';
  return (
    <section class="card stack" aria-label={words.camera}>
      <h2>{words.camera}</h2>
      {state.kind === 'failed' ? <Fault fault={state.fault} words={words} /> : null}
      {state.kind === 'failed' && state.fault === 'insecure' ? null : (
        <div class="row">
          <button type="button" onClick={() => (isOn ? camera.stop() : void camera.start())}>
            {isOn ? words.stopCamera : words.useCamera}
          </button>
        </div>
      )}
      {state.kind === 'opening' ? <p class="soft">{words.openingCamera}</p> : null}
      {state.kind === 'on' ? <Picture camera={camera} state={state} words={words} locale={locale} /> : null}
    </section>
  );
}

type PictureProps = CameraViewProps & { readonly state: CameraState & { readonly kind: 'on' } };

function Picture({ camera, state: { stream, result }, words, locale }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = video;
    if (current === null) return;
    current.srcObject = stream;
    void camera.readFrom(current, stream);
  }, [camera, stream]);
  return (
    <>
      <output class="stack">
        {result === undefined ? (
          <p class="soft">{words.loading}</p>
        ) : (
          <ReadText result={result} words={words} locale={locale} />
        )}
      </output>
      <div class="tried-picture">
        <video ref={video} autoplay muted playsInline aria-label={words.cameraPicture} />
        {result === undefined ? null : <Boxes result={result} />}
      </div>
    </>
  );
}

function Fault({ fault, words }: { readonly fault: CameraFault | ReadingFailure; readonly words: TryWords }) {
  if (fault === 'insecure') return <p class="soft">{words.cameraFaults.insecure}</p>;
  return (
    <Notice kind="bad">
      {typeof fault === 'string' ? words.cameraFaults[fault] : words.cameraFailed(fault.message)}
    </Notice>
  );
}
