import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import type { LiveHeader } from '../api/index.js';
import { Notice, Toggle } from '../look/index.js';
import { useWords } from '../page/index.js';
import { perCent } from '../words/index.js';
import type { LiveLink } from './live-link.js';
import { PauseButton } from './pause-button.js';

interface CameraViewProps {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly link: LiveLink;
}

/** The picture, what was found in it, and whether it is old. */
export function CameraView({ canvas, link }: CameraViewProps) {
  const words = useWords().live;
  const boxes = useSignal(true);
  const confidences = useSignal(true);
  const candidates = useSignal(false);
  const header = link.header.value;
  const old = link.freshness.value === 'stale' || link.freshness.value === 'lost';
  return (
    <section class="camera" aria-label={words.title}>
      <div class={`picture ${old ? 'old' : ''}`}>
        <canvas ref={canvas} role="img" aria-label={words.picture} />
        {header === undefined || link.onlyStills.value ? null : (
          <Boxes header={header} boxes={boxes} confidences={confidences} candidates={candidates} />
        )}
        {link.freshness.value === 'waiting' ? <p class="waiting">{words.waiting}</p> : null}
        <Old link={link} />
      </div>
      <div class="row toggles">
        <Toggle label={words.boxes} on={boxes} />
        <Toggle label={words.confidences} on={confidences} />
        <Toggle label={words.candidates} on={candidates} />
        <PauseButton isPaused={header?.paused ?? false} />
      </div>
      {header?.paused === true ? <Notice kind="note">{words.paused}</Notice> : null}
      {link.onlyStills.value ? <Notice kind="note">{words.stills}</Notice> : null}
    </section>
  );
}

/** Says that the picture is not what the camera sees now. */
function Old({ link }: { readonly link: LiveLink }) {
  const words = useWords().live;
  const freshness = link.freshness.value;
  const text = freshness === 'lost' ? words.lost : freshness === 'stale' ? words.staleSince(link.ageSeconds.value) : '';
  // The element stays, so that screen readers notice what comes into it. Seconds that count are not read out.
  return (
    <div class="stale" role="alert" hidden={text === ''}>
      {text === '' ? null : (
        <>
          <strong>{words.stale}</strong> <span aria-hidden={freshness === 'stale'}>{text}</span>
        </>
      )}
    </div>
  );
}

interface BoxesProps {
  readonly header: LiveHeader;
  readonly boxes: Signal<boolean>;
  readonly confidences: Signal<boolean>;
  readonly candidates: Signal<boolean>;
}

function Boxes({ header, boxes, confidences, candidates }: BoxesProps) {
  const reasons: Readonly<Record<string, string | undefined>> = useWords().reasons;
  return (
    <div class="boxes" data-frame={header.frame} aria-hidden="true">
      {candidates.value
        ? header.candidates.map((box, index) => (
            <Box key={`candidate${index}`} box={box} frame={header} kind="candidate">
              <small>{reasons[box.reason] ?? box.reason}</small>
            </Box>
          ))
        : null}
      {boxes.value
        ? header.boxes.map((box, index) => (
            <Box key={`digit${index}`} box={box} frame={header} kind="digit">
              {box.digit}
              {confidences.value ? <small>{perCent(box.confidence)}</small> : null}
            </Box>
          ))
        : null}
    </div>
  );
}

interface BoxProps {
  readonly box: Omit<LiveHeader['candidates'][number], 'reason'>;
  readonly frame: LiveHeader;
  readonly kind: string;
  readonly children: ComponentChildren;
}

function Box({ box, frame, kind, children }: BoxProps) {
  const place = {
    left: `${(100 * box.x) / frame.width}%`,
    top: `${(100 * box.y) / frame.height}%`,
    width: `${(100 * box.width) / frame.width}%`,
    height: `${(100 * box.height) / frame.height}%`,
  };
  return (
    <div class={`box ${kind}`} style={place}>
      <span>{children}</span>
    </div>
  );
}
