import { Readable } from 'node:stream';
import { decimalText } from '@inkcast/reader/reading';
import { InkError } from '@inkcast/shared/errors';
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
      const events = page.entries.map((entry) => ({
        ...entry,
        ...numberOf(entry.text, device.decimalPlaces(entry.region)),
        picture: device.pictures.has(entry.id),
      }));
      return { events, next: page.next === undefined ? null : String(page.next) };
    },
  );

  app.get(
    '/api/history/:id/picture',
    {
      schema: {
        description: 'The small picture of an event as a JPEG',
        params: z.object({ id: eventSchema.shape.id }),
      },
    },
    async ({ params: { id } }, reply) => {
      const picture = await device.pictures.find(id);
      if (picture === undefined) throw new InkError('INK_WEB_NOT_FOUND', `No picture of ${id} is kept.`);
      // It stays as it is; whoever may not log in any more must not find it in a browser that others use too.
      reply.header('cache-control', 'private, no-cache');
      return reply.type('image/jpeg').send(picture);
    },
  );

  app.delete(
    '/api/history/pictures',
    {
      schema: {
        description: 'Deletes every picture of the history',
        response: { 200: z.object({ deleted: z.int().nonnegative() }), '4xx': errorSchema },
      },
    },
    async () => ({ deleted: await device.pictures.purge() }),
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
    ...(day === undefined ? {} : boundsOf(day)),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(kind === undefined ? {} : { kind }),
    ...(region === undefined ? {} : { region }),
  };
}

function boundsOf(day: string): HistoryFilter {
  const bounds = dayBounds(day);
  if (bounds === undefined) throw new InkError('INK_REQUEST_INVALID', `There is no day ${day}.`);
  return bounds;
}

/** With its decimal point; nothing where readings have no value. */
function numberOf(text: string, places: number | undefined): { readonly value?: string | null } {
  if (places === undefined) return {};
  const digits = text.replaceAll('\n', '');
  return { value: digits === '' ? null : decimalText(digits, places) };
}
