import { Readable } from 'node:stream';
import { eventSchema, regionNameSchema } from '@inkcast/shared/messages';
import { z } from 'zod';
import { csvOf, dayBounds, type HistoryFilter, jsonOf } from '../../storage/index.js';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema, historySchema } from '../messages.js';

const MAX_PAGE_LENGTH = 1000;

const filterSchema = z.object({
  from: z.iso.datetime({ offset: true }).exactOptional().meta({ description: 'Only from this time on' }),
  to: z.iso.datetime({ offset: true }).exactOptional().meta({ description: 'Only up to this time' }),
  day: z.iso.date().exactOptional().meta({ description: "Only of this day in the device's time zone" }),
  kind: eventSchema.shape.event_type.exactOptional().meta({ description: 'Only this kind of change' }),
  region: regionNameSchema.exactOptional().meta({ description: 'Only this named region' }),
});

const pageSchema = filterSchema.extend({
  before: z.coerce.number().int().positive().exactOptional().meta({ description: 'The `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_LENGTH).default(100),
});

/** What was read before, page by page or as a file. */
export function historyRoutes(app: App, { device }: RouteParts): void {
  app.get(
    '/api/history',
    {
      schema: {
        description: 'What was read before, the newest first',
        querystring: pageSchema,
        response: { 200: historySchema, '4xx': errorSchema },
      },
    },
    async ({ query }) => {
      const { before, limit } = query;
      const page = await device.history({
        ...filterOf(query),
        ...(before === undefined ? {} : { before }),
        limit,
      });
      return { events: [...page.entries], next: page.next === undefined ? null : String(page.next) };
    },
  );

  for (const [kind, type, pieces] of [
    ['csv', 'text/csv; charset=utf-8; header=present', csvOf],
    ['json', 'application/json; charset=utf-8', jsonOf],
  ] as const) {
    app.get(
      `/api/history.${kind}`,
      {
        schema: {
          description: `All that was read before as ${kind.toUpperCase()}, the newest first`,
          querystring: filterSchema,
        },
      },
      async ({ query }, reply) => {
        const content = Readable.from(pieces((part) => device.history(part), filterOf(query)));
        reply.header('content-disposition', `attachment; filename="inkcast-${device.name}.${kind}"`);
        return reply.type(type).send(content);
      },
    );
  }
}

function filterOf({ from, to, day, kind, region }: z.infer<typeof filterSchema>): HistoryFilter {
  return {
    ...(day === undefined ? {} : dayBounds(day)),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(kind === undefined ? {} : { kind }),
    ...(region === undefined ? {} : { region }),
  };
}
