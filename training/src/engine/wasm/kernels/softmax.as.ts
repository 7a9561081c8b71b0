/** Softmax of each picture's logits. */
export function softmax(images: i32, logits: usize, output: usize, classes: i32): void {
  const step = <usize>classes * 4;
  for (let image = 0; image < images; image++) {
    const top = largest(logits, classes);
    let sum: f32 = 0;
    for (let at: usize = 0; at < step; at += 4) {
      const power = Mathf.exp(load<f32>(logits + at) - top);
      store<f32>(output + at, power);
      sum += power;
    }
    for (let at: usize = 0; at < step; at += 4) store<f32>(output + at, load<f32>(output + at) / sum);
    logits += step;
    output += step;
  }
}

/** From the output y: y * (slope - sum of slope * y). */
export function softmaxGradient(images: i32, output: usize, slopes: usize, gradient: usize, classes: i32): void {
  const step = <usize>classes * 4;
  for (let image = 0; image < images; image++) {
    let product: f32 = 0;
    for (let at: usize = 0; at < step; at += 4) product += load<f32>(output + at) * load<f32>(slopes + at);
    for (let at: usize = 0; at < step; at += 4) {
      store<f32>(gradient + at, load<f32>(output + at) * (load<f32>(slopes + at) - product));
    }
    output += step;
    slopes += step;
    gradient += step;
  }
}

function largest(values: usize, count: i32): f32 {
  let top = load<f32>(values);
  for (let index = 1; index < count; index++) top = max(top, load<f32>(values + <usize>index * 4));
  return top;
}

/**
 * Cross-entropy of softmax(logits), and its gradient by the logits.
 *
 * @param labels a 32-bit integer for each picture
 * @param weights a factor for each class
 * @param scale where 1 / pictures in the whole batch is kept
 * @param result where the shard's summed loss (float64, not yet divided) and, 16 bytes on, its number of correct pictures
 *   (int32) go
 */
export function crossEntropy(
  images: i32,
  logits: usize,
  labels: usize,
  gradient: usize,
  weights: usize,
  scale: usize,
  result: usize,
  classes: i32,
  smoothing: f32,
): void {
  const share = smoothing / <f32>classes;
  const factor = load<f32>(scale);
  let loss: f64 = 0;
  let correct = 0;
  for (let image = 0; image < images; image++) {
    const label = load<i32>(labels + <usize>image * 4);
    const weight = load<f32>(weights + <usize>label * 4);
    const top = largest(logits, classes);
    let sum: f32 = 0;
    let best = -1;
    for (let index = 0; index < classes; index++) {
      const at = <usize>index * 4;
      const logit = load<f32>(logits + at);
      if (best < 0 && logit === top) best = index;
      const power = Mathf.exp(logit - top);
      store<f32>(gradient + at, power);
      sum += power;
    }
    const logSum = top + Mathf.log(sum);
    for (let index = 0; index < classes; index++) {
      const at = <usize>index * 4;
      const target: f32 = index === label ? <f32>1 - smoothing + share : share;
      loss += <f64>(weight * target * (logSum - load<f32>(logits + at)));
      store<f32>(gradient + at, factor * weight * (load<f32>(gradient + at) / sum - target));
    }
    if (best === label) correct++;
    logits += <usize>classes * 4;
    gradient += <usize>classes * 4;
  }
  store<f64>(result, loss);
  store<i32>(result, correct, 16);
}

/**
 * Mixes the loss of soft labels into what `crossEntropy` has left: (1 - share) times that, plus share * T^2 times the
 * cross-entropy of softmax(logits / T) with the soft labels to the power 1 / T, normalised.
 *
 * @param softLabels probabilities, pictures x classes
 * @param gradient that of `crossEntropy`; the other arguments are those that it has
 */
export function distillation(
  images: i32,
  logits: usize,
  labels: usize,
  softLabels: usize,
  gradient: usize,
  weights: usize,
  scale: usize,
  result: usize,
  classes: i32,
  share: f32,
  temperature: f32,
): void {
  const factor = load<f32>(scale);
  const exponent = <f32>1 / temperature;
  const step = <usize>classes * 4;
  let loss: f64 = 0;
  for (let image = 0; image < images; image++) {
    const weight = load<f32>(weights + <usize>load<i32>(labels + <usize>image * 4) * 4);
    const top = largest(logits, classes);
    let sum: f32 = 0;
    let softSum: f32 = 0;
    for (let at: usize = 0; at < step; at += 4) {
      sum += Mathf.exp((load<f32>(logits + at) - top) * exponent);
      softSum += softPower(load<f32>(softLabels + at), exponent);
    }
    const logSum = Mathf.log(sum);
    for (let at: usize = 0; at < step; at += 4) {
      const cooled = (load<f32>(logits + at) - top) * exponent;
      const target = softPower(load<f32>(softLabels + at), exponent) / softSum;
      loss += <f64>(weight * temperature * temperature * target * (logSum - cooled));
      const slope = factor * weight * temperature * (Mathf.exp(cooled) / sum - target);
      store<f32>(gradient + at, (<f32>1 - share) * load<f32>(gradient + at) + share * slope);
    }
    logits += step;
    softLabels += step;
    gradient += step;
  }
  store<f64>(result, <f64>(<f32>1 - share) * load<f64>(result) + <f64>share * loss);
}

/** A probability to a power; 0 stays 0. */
function softPower(probability: f32, exponent: f32): f32 {
  return probability > 0 ? Mathf.exp(exponent * Mathf.log(probability)) : 0;
}
