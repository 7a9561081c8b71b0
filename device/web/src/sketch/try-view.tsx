import { useEffect, useMemo } from 'preact/hooks';
import type { TryWords } from '../words/index.js';
import { CameraView } from './camera-view.js';
import { Drawing } from './drawing.js';
import { LiveCamera } from './live-camera.js';
import type { ModelPlaces } from './messages.js';
import { Pad } from './pad.js';
import { Pictures } from './pictures.js';
import { ReadingLink } from './reading-link.js';
import { Trial } from './trial.js';
import { TrialResult } from './trial-result.js';

interface TryViewProps {
  /** Where the networks are, relative to the page. */
  readonly places: ModelPlaces;
  readonly words: TryWords;
  readonly locale: string;
}

/** A pad, a place for pictures and a camera, which are read in the browser. */
export function TryView({ places, words, locale }: TryViewProps) {
  const { classifier, companions, packed } = places;
  const link = useMemo(
    () =>
      new ReadingLink({
        classifier: new URL(classifier, document.baseURI).href,
        companions: new URL(companions, document.baseURI).href,
        packed,
      }),
    [classifier, companions, packed],
  );
  const trial = useMemo(() => new Trial(link), [link]);
  const camera = useMemo(() => new LiveCamera(link), [link]);
  const drawing = useMemo(() => new Drawing(), []);
  useEffect(
    () => () => {
      trial.stop();
      camera.stop();
      link.stop();
    },
    [trial, camera, link],
  );
  return (
    <div class="stack">
      <p class="soft">{words.intro}</p>
      <div class="try-parts">
        <section class="card stack" aria-label={words.drawing}>
          <h2>{words.drawing}</h2>
          <Pad drawing={drawing} words={words} onDrawn={(pixels) => trial.show(pixels)} />
        </section>
        <div class="stack">
          <TrialResult trial={trial} words={words} locale={locale} />
          <section class="card stack" aria-label={words.pictures}>
            <h2>{words.pictures}</h2>
            <Pictures
              words={words}
              onPicture={(file) => {
                drawing.clear();
                trial.show(file);
              }}
            />
          </section>
          <CameraView camera={camera} words={words} locale={locale} />
        </div>
      </div>
    </div>
  );
}
