export {
  type BoostedTrees,
  boostedTreesSchema,
  leafValue,
  logOddsOf,
  probabilityOf,
  type Tree,
} from './boosted-trees.js';
export { type Judgement, judgementSchema } from './judgement.js';
export { packJudgement, unpackJudgement } from './packed-judgement.js';
