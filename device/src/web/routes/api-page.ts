/** What the page shows of an OpenAPI document. */
interface Described {
  readonly info?: { readonly title?: string; readonly version?: string };
  readonly paths?: Readonly<Record<string, object | undefined>>;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** The API for people: every route with its schemas, without a script or anything from elsewhere. */
export function apiPage({ info, paths = {} }: Described): string {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, about]) => routeOf(method.toUpperCase(), path, about)),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inkcast API</title>
</head>
<body>
<main>
<h1>The API of ${escaped(info?.title ?? '')} ${escaped(info?.version ?? '')}</h1>
<p>The same for programs: <a href="openapi.json">openapi.json</a>. WebSockets: <code>api/live</code> and
<code>api/events</code>; docs/guide/web.md describes them.</p>
${routes.join('\n')}
</main>
</body>
</html>
`;
}

function routeOf(method: string, path: string, about: object): string {
  const { description = '', ...schemas } = Object(about);
  return `<section>
<h2><code>${method} ${escaped(path)}</code></h2>
<p>${escaped(String(description))}</p>
<details><summary>Schemas</summary><pre>${escaped(JSON.stringify(schemas, undefined, 2))}</pre></details>
</section>`;
}
