import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useWords } from '../page/index.js';
import type { Area } from './areas.js';
import type { FrameEditor } from './frame-editor.js';
import { contains, cornersOf, middleOf, moved, type Point, rectangleBetween, withCorner } from './geometry.js';
import { Handle } from './handle.js';
import { bothGuides, guidesFrom, guidesOfCorners, snapped } from './snapping.js';

/** As near as this, in pixels of the screen, a corner comes to lie on a line. */
const SNAP_PIXELS = 8;

interface FramePictureProps {
  readonly editor: FrameEditor;
  readonly picture: string;
  readonly snaps: boolean;
  readonly mayChange: boolean;
}

/** A still with the areas on it. Corners and areas are dragged, or moved by the arrow keys. */
export function FramePicture({ editor, picture, snaps, mayChange }: FramePictureProps) {
  const words = useWords().frame;
  const place = useRef<HTMLDivElement>(null);
  const drag = useSignal<Drag | undefined>(undefined);
  const areas = editor.areas.value;
  const { selected, area } = editor;

  const shareAt = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = place.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return [(clientX - left) / width, (clientY - top) / height];
  };
  const snap = (point: Point, corner: number): Point => {
    const { width = 1, height = 1 } = place.current?.getBoundingClientRect() ?? {};
    const others = guidesFrom(areas.filter((_, index) => index !== selected).map(({ shape }) => shape));
    const guides = area.shape.kind === 'corners' ? bothGuides(others, guidesOfCorners(area.shape, corner)) : others;
    return snaps ? snapped(point, guides, { x: SNAP_PIXELS / width, y: SNAP_PIXELS / height }) : point;
  };
  const press = (event: PointerEvent) => {
    if (!mayChange || event.button !== 0) return;
    const at = shareAt(event);
    if (area.shape.kind === 'whole') drag.value = { from: at, shape: area.shape, isNew: true, goesOn: false };
    else {
      const hit = contains(area.shape, at) ? selected : areas.findIndex(({ shape }) => contains(shape, at));
      if (hit < 0 || areas[hit].shape.kind === 'whole') return;
      editor.select(hit);
      drag.value = { from: at, shape: areas[hit].shape, isNew: false, goesOn: false };
    }
    place.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (drag.value === undefined) return;
    const { from, shape, isNew, goesOn } = drag.value;
    const at = shareAt(event);
    if (isNew) {
      editor.setShape({ kind: 'rectangle', rectangle: rectangleBetween(snap(from, 0), snap(at, 2)) }, goesOn);
    } else editor.setShape(moved(shape, at[0] - from[0], at[1] - from[1]), goesOn);
    drag.value = { from, shape, isNew, goesOn: true };
  };
  const release = () => {
    drag.value = undefined;
  };
  return (
    <div
      class={`still ${area.shape.kind === 'whole' && mayChange ? 'drawing' : ''}`}
      ref={place}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <img src={picture} alt={words.still} draggable={false} />
      <Outlines areas={areas} selected={selected} />
      {mayChange && area.shape.kind !== 'whole' ? (
        <>
          {cornersOf(area.shape).map((corner, index) => (
            <Handle
              key={words.corners[index]}
              label={words.corner(words.corners[index], area.name)}
              at={corner}
              shareAt={shareAt}
              onMove={(point, goesOn, byKey) =>
                editor.setShape(withCorner(area.shape, index, byKey ? point : snap(point, index)), goesOn)
              }
            />
          ))}
          <Handle
            label={words.moveArea(area.name)}
            at={middleOf(area.shape)}
            isMiddle
            shareAt={shareAt}
            onMove={(point, goesOn) => {
              const [x, y] = middleOf(area.shape);
              editor.setShape(moved(area.shape, point[0] - x, point[1] - y), goesOn);
            }}
          />
        </>
      ) : null}
    </div>
  );
}

interface Drag {
  readonly from: Point;
  /** As it was when the drag began. */
  readonly shape: Area['shape'];
  readonly isNew: boolean;
  readonly goesOn: boolean;
}

/** What is read stays bright. */
function Outlines({ areas, selected }: { readonly areas: readonly Area[]; readonly selected: number }) {
  const pointsOf = ({ shape }: Area) => cornersOf(shape).map(([x, y]) => `${x},${y}`);
  const holes = areas.map((area) => `M${pointsOf(area).join('L')}Z`);
  return (
    <>
      <svg class="outlines" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <path class="shade" d={`M0,0H1V1H0Z${holes.join('')}`} fill-rule="evenodd" />
        {areas.map((area, index) => (
          <polygon key={area.name} class={index === selected ? 'chosen' : ''} points={pointsOf(area).join(' ')} />
        ))}
      </svg>
      {areas.map((area, index) => {
        const [[x, y]] = cornersOf(area.shape);
        return area.name === null ? null : (
          <span
            key={area.name}
            class={`area-name ${index === selected ? 'chosen' : ''}`}
            style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
          >
            {area.name}
          </span>
        );
      })}
    </>
  );
}
