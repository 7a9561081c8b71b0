export {
  BOX_VALUES,
  CELL_VALUES,
  type CentredBox,
  decodeBox,
  encodeBox,
  SPOT_CLASSES,
  SPOT_STRIDE,
} from './spot-cell.js';
