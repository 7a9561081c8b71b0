/** Values of a box, as in `loss-options`. */
const BOX_VALUES = 4;

/**
 * The loss `spots` and its gradient by the network's output: see `SpotsOptions`, and `spotsLoss` of the reference.
 *
 * @param output of each cell `classes` log-odds, then a box
 * @param targets of each cell `classes` heats, their weight, a box, its weight
 * @param heatScale where 1 / centres in the whole batch is kept; `boxScale` where 1 / weight of its boxes
 * @param result where the shard's sums go, not yet divided: of the heat and of the boxes (float64), and its number of
 *   centres of at least even odds (int32)
 * @param cells of one picture's map
 */
export function spotsLoss(
  images: i32,
  output: usize,
  targets: usize,
  gradient: usize,
  heatScale: usize,
  boxScale: usize,
  result: usize,
  cells: i32,
  classes: i32,
): void {
  const byCentres = load<f32>(heatScale);
  const byBoxes = load<f32>(boxScale);
  const heats = <usize>classes * 4;
  let heatLoss: f64 = 0;
  let boxLoss: f64 = 0;
  let correct = 0;
  for (let cell = images * cells; cell > 0; cell--) {
    const weight = load<f32>(targets + heats);
    for (let at: usize = 0; at < heats; at += 4) {
      const z = load<f32>(output + at);
      const heat = load<f32>(targets + at);
      // p = 1 / (1 + exp(-z)) and q = 1 - p, by the exponential that cannot overflow.
      const power = Mathf.exp(-Mathf.abs(z));
      const large = <f32>1 / (1 + power);
      const small = power * large;
      const tail = Mathf.log1p(power);
      const p = z >= 0 ? large : small;
      const q = z >= 0 ? small : large;
      let slope: f32;
      if (heat === 1) {
        const logP = min(z, <f32>0) - tail;
        heatLoss -= <f64>(q * q * logP);
        slope = q * q * (2 * p * logP - q);
        if (z >= 0) correct++;
      } else {
        const logQ = min(-z, <f32>0) - tail;
        const rest = <f32>1 - heat;
        const factor = weight * (rest * rest) * (rest * rest);
        heatLoss -= <f64>(factor * p * p * logQ);
        slope = factor * p * p * (p - 2 * q * logQ);
      }
      store<f32>(gradient + at, byCentres * slope);
    }
    output += heats;
    gradient += heats;
    targets += heats + 4;
    const share = load<f32>(targets + BOX_VALUES * 4) / <f32>BOX_VALUES;
    for (let index = 0; index < BOX_VALUES; index++) {
      const distance = load<f32>(output) - load<f32>(targets);
      const size = Mathf.abs(distance);
      boxLoss += <f64>(share * (size < 1 ? <f32>0.5 * distance * distance : size - <f32>0.5));
      store<f32>(gradient, byBoxes * share * max(<f32>-1, min(<f32>1, distance)));
      output += 4;
      gradient += 4;
      targets += 4;
    }
    targets += 4;
  }
  store<f64>(result, heatLoss);
  store<f64>(result, boxLoss, 8);
  store<i32>(result, correct, 16);
}
