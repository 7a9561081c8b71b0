import { z } from 'zod';
import { languageOf, logIn, loginPage, MAX_PASSWORD_LENGTH } from '../access/index.js';
import type { App, RouteParts } from '../app-types.js';
import { answerTo } from '../error-answers.js';
import { errorSchema, sessionSchema } from '../messages.js';

const credentialsSchema = z.object({
  user: z.string().min(1).max(64),
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

/** Attempts of one address. */
const LIMIT = { max: 10, timeWindow: 5 * 60_000, groupId: 'login' };

/** Logging in and out, by the API and by a form that works without a script. */
export function loginRoutes(app: App, parts: RouteParts): void {
  app.get('/login', { config: { role: 'anyone' }, schema: { hide: true } }, async ({ headers }, reply) => {
    const isEmpty = (await parts.users.users()).length === 0;
    const page = loginPage(languageOf(headers['accept-language']), isEmpty ? 'INK_WEB_NO_USERS' : undefined);
    return reply.type('text/html').send(page);
  });

  app.post(
    '/login',
    { config: { role: 'anyone', rateLimit: LIMIT }, schema: { hide: true, body: credentialsSchema } },
    async (request, reply) => {
      const { user, password } = request.body;
      try {
        await logIn(request, user, password, parts);
      } catch (error) {
        const { status, body } = answerTo(error);
        const page = loginPage(languageOf(request.headers['accept-language']), body.code);
        return reply.code(status).type('text/html').send(page);
      }
      return reply.redirect('./', 303);
    },
  );

  app.post(
    '/api/login',
    {
      config: { role: 'anyone', rateLimit: LIMIT },
      schema: {
        description: 'Begins a session, whose cookie later requests carry',
        body: credentialsSchema,
        response: { 200: sessionSchema, '4xx': errorSchema },
      },
    },
    async (request, reply) => {
      const { name, role } = await logIn(request, request.body.user, request.body.password, parts);
      return { user: name, role, needsLogin: true, csrfToken: reply.generateCsrf() };
    },
  );

  app.post(
    '/api/logout',
    {
      config: { role: 'viewer' },
      schema: { description: 'Ends the session', response: { 204: z.null(), '4xx': errorSchema } },
    },
    async (request, reply) => {
      await request.session.destroy();
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/session',
    {
      schema: {
        description: 'Who makes the request, and the token that its session needs to change something',
        response: { 200: sessionSchema, '4xx': errorSchema },
      },
    },
    async ({ principal }, reply) => ({
      user: principal?.user ?? null,
      role: principal?.role ?? ('viewer' as const),
      needsLogin: principal?.by !== 'loopback' && principal?.by !== 'proxy',
      csrfToken: principal?.by === 'session' ? reply.generateCsrf() : null,
    }),
  );
}
