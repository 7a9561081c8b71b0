import { Html, html } from './html.js';

/** The page may not fetch anything, whatever it contains. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export interface PageContent {
  readonly title: string;
  /** CSS. */
  readonly style: string;
  readonly body: Html;
}

/** A whole page in English that contains everything that it shows, and no script. */
export function selfContainedPage({ title, style, body }: PageContent): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return page.text;
}
