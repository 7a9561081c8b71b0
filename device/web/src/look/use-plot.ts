import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type UPlot from 'uplot';

/**
 * A chart in an element, as wide as that is, drawn anew whenever one of `reasons` changes. Only who looks at a chart
 * loads what draws it.
 */
export function usePlot(
  draw: (Plot: typeof UPlot, place: HTMLElement) => UPlot,
  reasons: readonly unknown[],
): Ref<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    let isOver = false;
    let drawn: UPlot | undefined;
    const observer = new ResizeObserver(() => drawn?.setSize({ width: current.clientWidth, height: drawn.height }));
    void import('uplot').then(({ default: Plot }) => {
      if (isOver) return;
      drawn = draw(Plot, current);
      observer.observe(current);
    });
    return () => {
      isOver = true;
      observer.disconnect();
      drawn?.destroy();
    };
  }, reasons);
  return place;
}

/** The look of an axis. */
export function axisOf(place: HTMLElement): UPlot.Axis {
  return {
    stroke: colourOf(place, '--ink-soft'),
    grid: { stroke: colourOf(place, '--line'), width: 1 },
    ticks: { stroke: colourOf(place, '--line'), width: 1 },
  };
}

/** A variable of the style sheet as a canvas takes it, which knows no `light-dark()`. */
export function colourOf(place: HTMLElement, variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
