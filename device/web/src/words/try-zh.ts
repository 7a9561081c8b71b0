import type { TryWords } from './try-en.js';

/** 在浏览器中读取手绘和图片的文字，中文版。 */
export const tryZh: TryWords = {
  intro: '你在这里画的和展示的内容，都在这个浏览器里读取，不会发送到任何地方。',
  drawing: '画数字',
  pad: '画板',
  undo: '撤销',
  clear: '清空',
  pictures: '图片',
  dropHint: '把手写数字的照片拖到这里。',
  choose: '选择图片',
  take: '拍照',
  result: '读取结果',
  nothing: '没有数字',
  waiting: '画一个数字，或者选一张图片。',
  loading: '正在加载读取器……',
  reading: '正在读取……',
  picture: '图片，每个数字周围有一个框',
  time: (milliseconds: string) => `读取用时 ${milliseconds} 毫秒。`,
  unreadable: '这个浏览器无法把该文件解码为图片。',
  failed: (reason: string) => `图片没有读取：${reason}`,
};
