import { useEffect, useRef } from 'preact/hooks';

interface PixelsProps {
  /** White ink on black, a byte a pixel, as a square. */
  readonly pixels: Uint8Array;
  /** Undefined where words beside it say what it is. */
  readonly label?: string;
  /** Width and height on the page. */
  readonly size: number;
}

/** A crop as the model sees it. */
export function Pixels({ pixels, label, size }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.sqrt(pixels.length);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const image = new ImageData(side, side);
    pixels.forEach((ink, at) => {
      image.data.set([ink, ink, ink, 255], 4 * at);
    });
    context.putImageData(image, 0, 0);
  }, [pixels, side]);
  const style = { width: `${size}px`, height: `${size}px` };
  const told = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return <canvas ref={canvas} class="pixels" width={side} height={side} style={style} {...told} />;
}
