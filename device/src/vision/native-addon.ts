/**
 * A matrix of the addon. Only the calls that Inkcast uses are declared, and only synchronous ones: two calls at once
 * crash the process.
 */
export interface NativeMat {
  readonly rows: number;
  readonly cols: number;
  /** A copy of the content, row-major, without padding. */
  getData(): Buffer;
  resize(rows: number, cols: number, scaleX: number, scaleY: number, interpolation: number): NativeMat;
  gaussianBlur(side: NativeSize, sigmaX: number, sigmaY: number, border: number): NativeMat;
  threshold(level: number, most: number, kind: number): NativeMat;
  adaptiveThreshold(most: number, method: number, kind: number, side: number, offset: number): NativeMat;
  warpPerspective(transform: NativeMat, size: NativeSize, interpolation: number, border: number): NativeMat;
  findContours(mode: number, method: number): NativeContour[];
  getRegion(box: NativeRect): NativeMat;
  release(): void;
}

export interface NativeContour {
  boundingRect(): NativeRect;
}

export interface NativeRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface NativeSize {
  readonly width: number;
  readonly height: number;
}

export interface NativePoint {
  readonly x: number;
  readonly y: number;
}

/** The part that Inkcast uses of the addon in the npm package @u4/opencv4nodejs. */
export interface NativeAddon {
  readonly version: { readonly major: number; readonly minor: number; readonly revision: number };
  readonly Mat: new (data: Buffer, rows: number, cols: number, type: number) => NativeMat;
  readonly Size: new (width: number, height: number) => NativeSize;
  readonly Point2: new (x: number, y: number) => NativePoint;
  getMemMetrics(): { readonly TotalAlloc: number };
  getPerspectiveTransform(from: readonly NativePoint[], to: readonly NativePoint[]): NativeMat;
  readonly CV_8UC1: number;
  readonly INTER_AREA: number;
  readonly INTER_LINEAR: number;
  readonly BORDER_DEFAULT: number;
  readonly BORDER_REPLICATE: number;
  readonly THRESH_BINARY_INV: number;
  readonly ADAPTIVE_THRESH_MEAN_C: number;
  readonly THRESH_OTSU: number;
  readonly RETR_EXTERNAL: number;
  readonly CHAIN_APPROX_SIMPLE: number;
}
