import type { LessonWords } from './lesson-en.js';

/** 在浏览器中教学的文字，中文版。 */
export const lessonZh: LessonWords = {
  open: '教它认您的字',
  close: '返回读取',
  intro:
    '画一些数字，或者选一张图片，再说明每个是什么。模型就在这个浏览器里学习，不会向任何地方发送内容。关闭页面后，标签会丢失。',
  take: '标注这些',
  shipped: '自带的模型',
  taught: '教过的模型',
  waiting: '先画几个数字，再按“标注这些”。',
  keys: '这是什么？',
  nothingWaits: '没有待标注的小图。',
  few: (count: number) => `至少需要 ${count} 个用来学习的标签。`,
  notUsed: '没有通过检查：继续用之前的模型读取。',
  inUse: '通过了检查，现在用它读取您画的内容。',
  download: '下载模型',
  howTo: '解包后，inkcast 就能用它读取：',
};
