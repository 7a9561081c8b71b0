import type { SiteWords } from './site-en.js';

/** 静态站点自己的文字，中文版。 */
export const siteZh: SiteWords = {
  kept: '这个页面已经保存在浏览器里，没有网络也能使用。',
  refused: '浏览器没有保存这个页面，因此页面离不开它的服务器。浏览器只保存 https:// 的页面。',
};
