/*
 * Pools of any window over maps that hold no padding: windows are cut off at the border. The 2x2 pool behind a
 * convolution has faster kernels of its own, see pool-map.
 */

/**
 * The largest value under each window.
 *
 * @param places for each output a 32-bit number: which value of the picture was largest
 */
export function poolMaximum(
  images: i32,
  input: usize,
  output: usize,
  places: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  windowRows: i32,
  windowColumns: i32,
  rowStride: i32,
  columnStride: i32,
  top: i32,
  left: i32,
): void {
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      const y0 = row * rowStride - top;
      const yFrom = max(0, y0);
      const yTo = min(height, y0 + windowRows);
      for (let column = 0; column < columns; column++) {
        const x0 = column * columnStride - left;
        const xFrom = max(0, x0);
        const xTo = min(width, x0 + windowColumns);
        let channel = 0;
        for (; channel + 4 <= channels; channel += 4) {
          const lanes = i32x4.add(i32x4.splat(channel), i32x4(0, 1, 2, 3));
          let place = i32x4.add(i32x4.splat((yFrom * width + xFrom) * channels), lanes);
          let largest = v128.load(input + <usize>((yFrom * width + xFrom) * channels + channel) * 4);
          for (let y = yFrom; y < yTo; y++) {
            for (let x = xFrom; x < xTo; x++) {
              const at = (y * width + x) * channels;
              const value = v128.load(input + <usize>(at + channel) * 4);
              // Also true where the value is not a number, so that it is passed on.
              const above = v128.not(f32x4.le(value, largest));
              largest = v128.bitselect(value, largest, above);
              place = v128.bitselect(i32x4.add(i32x4.splat(at), lanes), place, above);
            }
          }
          v128.store(output, largest);
          v128.store(places, place);
          output += 16;
          places += 16;
        }
        for (; channel < channels; channel++) {
          let place = (yFrom * width + xFrom) * channels + channel;
          let largest = load<f32>(input + <usize>place * 4);
          for (let y = yFrom; y < yTo; y++) {
            for (let x = xFrom; x < xTo; x++) {
              const at = (y * width + x) * channels + channel;
              const value = load<f32>(input + <usize>at * 4);
              if (!(value <= largest)) {
                largest = value;
                place = at;
              }
            }
          }
          store<f32>(output, largest);
          store<i32>(places, place);
          output += 4;
          places += 4;
        }
      }
    }
    input += <usize>(height * width * channels) * 4;
  }
}

/** Sends each slope back to the value it came from; `size` and `pooled` count the values of a picture before and after. */
export function unpoolMaximum(
  images: i32,
  slopes: usize,
  places: usize,
  gradient: usize,
  size: i32,
  pooled: i32,
): void {
  memory.fill(gradient, 0, <usize>(images * size) * 4);
  for (let image = 0; image < images; image++) {
    for (let index = 0; index < pooled; index++) {
      const to = gradient + <usize>load<i32>(places) * 4;
      store<f32>(to, load<f32>(to) + load<f32>(slopes));
      slopes += 4;
      places += 4;
    }
    gradient += <usize>size * 4;
  }
}

/** The mean under each window, of the pixels that lie inside the map. */
export function poolAverage(
  images: i32,
  input: usize,
  output: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  windowRows: i32,
  windowColumns: i32,
  rowStride: i32,
  columnStride: i32,
  top: i32,
  left: i32,
): void {
  const pixel = <usize>channels * 4;
  const rowBytes = <usize>width * pixel;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      const y0 = row * rowStride - top;
      const yFrom = max(0, y0);
      const yTo = min(height, y0 + windowRows);
      for (let column = 0; column < columns; column++) {
        const x0 = column * columnStride - left;
        const xFrom = max(0, x0);
        const xTo = min(width, x0 + windowColumns);
        const share = <f32>1 / <f32>((yTo - yFrom) * (xTo - xFrom));
        for (let at: usize = 0; at < pixel; at += 4) {
          let sum: f32 = 0;
          for (let y = yFrom; y < yTo; y++) {
            let from = input + <usize>y * rowBytes + <usize>xFrom * pixel + at;
            for (let x = xFrom; x < xTo; x++) {
              sum += load<f32>(from);
              from += pixel;
            }
          }
          store<f32>(output + at, sum * share);
        }
        output += pixel;
      }
    }
    input += <usize>height * rowBytes;
  }
}

/** Spreads each slope evenly over the pixels of its window. */
export function unpoolAverage(
  images: i32,
  slopes: usize,
  gradient: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  windowRows: i32,
  windowColumns: i32,
  rowStride: i32,
  columnStride: i32,
  top: i32,
  left: i32,
): void {
  const pixel = <usize>channels * 4;
  const rowBytes = <usize>width * pixel;
  memory.fill(gradient, 0, <usize>(images * height) * rowBytes);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      const y0 = row * rowStride - top;
      const yFrom = max(0, y0);
      const yTo = min(height, y0 + windowRows);
      for (let column = 0; column < columns; column++) {
        const x0 = column * columnStride - left;
        const xFrom = max(0, x0);
        const xTo = min(width, x0 + windowColumns);
        const share = <f32>1 / <f32>((yTo - yFrom) * (xTo - xFrom));
        for (let at: usize = 0; at < pixel; at += 4) {
          const slope = load<f32>(slopes + at) * share;
          for (let y = yFrom; y < yTo; y++) {
            let to = gradient + <usize>y * rowBytes + <usize>xFrom * pixel + at;
            for (let x = xFrom; x < xTo; x++) {
              store<f32>(to, load<f32>(to) + slope);
              to += pixel;
            }
          }
        }
        slopes += pixel;
      }
    }
    gradient += <usize>height * rowBytes;
  }
}

/** The mean of each channel over a map of `pixels`. */
export function poolGlobally(images: i32, input: usize, output: usize, pixels: i32, channels: i32): void {
  const step = <usize>channels * 4;
  const share = <f32>1 / <f32>pixels;
  for (let image = 0; image < images; image++) {
    memory.fill(output, 0, step);
    for (let pixel = 0; pixel < pixels; pixel++) {
      let at: usize = 0;
      for (; at + 16 <= step; at += 16) {
        v128.store(output + at, f32x4.add(v128.load(output + at), v128.load(input + at)));
      }
      for (; at < step; at += 4) store<f32>(output + at, load<f32>(output + at) + load<f32>(input + at));
      input += step;
    }
    for (let at: usize = 0; at < step; at += 4) store<f32>(output + at, load<f32>(output + at) * share);
    output += step;
  }
}

export function unpoolGlobally(images: i32, slopes: usize, gradient: usize, pixels: i32, channels: i32): void {
  const step = <usize>channels * 4;
  const share = <f32>1 / <f32>pixels;
  for (let image = 0; image < images; image++) {
    const first = gradient;
    for (let at: usize = 0; at < step; at += 4) store<f32>(first + at, load<f32>(slopes + at) * share);
    gradient += step;
    for (let pixel = 1; pixel < pixels; pixel++) {
      memory.copy(gradient, first, step);
      gradient += step;
    }
    slopes += step;
  }
}
