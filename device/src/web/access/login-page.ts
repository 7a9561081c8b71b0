/** What the login page says, by language. */
const WORDS = {
  en: {
    title: 'Log in to Inkcast',
    user: 'User',
    password: 'Password',
    submit: 'Log in',
    INK_WEB_LOGIN_WRONG: 'User or password are wrong.',
    INK_WEB_LOGIN_LIMIT: 'There were too many attempts. Please wait a few minutes.',
    INK_WEB_NO_USERS:
      'There is no user yet. On the device, run inkcast user add NAME --role admin as the user that Inkcast runs as.',
    other: 'This did not work. The log of the device says why.',
  },
  zh: {
    title: '登录 Inkcast',
    user: '用户名',
    password: '密码',
    submit: '登录',
    INK_WEB_LOGIN_WRONG: '用户名或密码错误。',
    INK_WEB_LOGIN_LIMIT: '尝试次数过多,请稍等几分钟。',
    INK_WEB_NO_USERS: '还没有用户。请在设备上以运行 Inkcast 的用户身份执行 inkcast user add NAME --role admin。',
    other: '登录失败,原因见设备日志。',
  },
} as const;

type Language = keyof typeof WORDS;

/** The page's style; the policy for content allows it by its hash. */
export const LOGIN_STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{display:grid;place-items:center;min-height:95vh;margin:0}
main{width:min(22rem,90vw)}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
input{margin:.25rem 0 1rem;padding:.6rem}
button{padding:.7rem;cursor:pointer}
p[role=alert]{border-left:4px solid #c62828;padding-left:.75rem}
`;

/** The language that the browser asks for first, of those that there are. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = /\b(zh|en)\b/i.exec(acceptLanguage ?? '')?.[1];
  return first?.toLowerCase() === 'zh' ? 'zh' : 'en';
}

/** A form for user and password that works without a script. @param problem the code of what went wrong before */
export function loginPage(language: Language, problem?: string): string {
  const words = WORDS[language];
  const known = Object.entries(words).find(([code]) => code === problem)?.[1] ?? words.other;
  const alert = problem === undefined ? '' : `<p role="alert">${known}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="icon" href="data:,">
<style>${LOGIN_STYLE}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
${alert}
<form method="post" action="login">
<label for="user">${words.user}</label>
<input id="user" name="user" autocomplete="username" autocapitalize="none" required autofocus>
<label for="password">${words.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>${words.submit}</button>
</form>
</main>
</body>
</html>
`;
}
