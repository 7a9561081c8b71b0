/** The texts of the static site alone, in English. */
export const siteEn = {
  kept: 'This page is now kept in your browser, and works without a network.',
  refused: 'This browser does not keep this page, so the page needs its server. Browsers keep pages of https:// only.',
};

export type SiteWords = typeof siteEn;
