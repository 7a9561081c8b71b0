import { InkError } from '@inkcast/shared/errors';
import { classesSchema, classNameSchema, doubtSchema } from '@inkcast/shared/teaching';
import { z } from 'zod';
import {
  cropPng,
  EXCHANGE_FORMS,
  teachingChangesSchema,
  teachingCropSchema,
  teachingStateSchema,
} from '../../teaching/index.js';
import type { App, RouteParts } from '../app-types.js';
import { errorSchema } from '../messages.js';

/** Of an upload or an import. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_UPLOADED_FILES = 20;
const MAX_PAGE_LENGTH = 1000;
/** Pictures of a crop never change. */
const IMMUTABLE = 'private, max-age=31536000, immutable';

const idsSchema = z.array(z.ulid()).min(1).max(MAX_PAGE_LENGTH);
const cropParams = z.object({ id: z.ulid() });
const labelBody = z.union([
  z.strictObject({ ids: idsSchema, label: classNameSchema }),
  z.strictObject({ ids: idsSchema, skip: z.literal(true) }),
]);
const acceptedSchema = z.object({ accepted: z.literal(true) });
const ACCEPTED = { accepted: true } as const;

/** Crops and labels: what is worth a look, what it is, and what is learned from it. */
export function teachRoutes(app: App, { device }: RouteParts): void {
  app.get(
    '/api/teach',
    {
      schema: {
        description: 'How teaching is: what waits, what has a label, and what is being learned',
        response: { 200: teachingStateSchema, '4xx': errorSchema },
      },
    },
    async () => device.teaching.state(),
  );

  app.get(
    '/api/teach/crops',
    {
      schema: {
        description: 'Crops that wait for a label, those in most doubt first; look-alikes follow one another',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(MAX_PAGE_LENGTH).default(50),
          after: z.ulid().exactOptional().meta({ description: 'The last one of the page before' }),
        }),
        response: { 200: z.object({ crops: z.array(teachingCropSchema) }), '4xx': errorSchema },
      },
    },
    async ({ query: { limit, after } }) => ({ crops: [...(await device.teaching.waiting(limit, after))] }),
  );

  app.get(
    '/api/teach/crops/:id/picture',
    { schema: { description: 'A crop as a PNG of 28x28 pixels', params: cropParams } },
    async ({ params: { id } }, reply) => {
      const { pixels } = await device.teaching.pictures(id);
      return reply
        .header('cache-control', IMMUTABLE)
        .type('image/png')
        .send(await cropPng(pixels));
    },
  );

  app.get(
    '/api/teach/crops/:id/surroundings',
    { schema: { description: 'A crop with what is around it as a JPEG', params: cropParams } },
    async ({ params: { id } }, reply) => {
      const { surroundings } = await device.teaching.pictures(id);
      if (surroundings === undefined) {
        throw new InkError('INK_WEB_NOT_FOUND', `What is around the crop ${id} is not kept.`);
      }
      return reply.header('cache-control', IMMUTABLE).type('image/jpeg').send(Buffer.from(surroundings));
    },
  );

  app.post(
    '/api/teach/label',
    {
      schema: {
        description: 'Gives crops a label, all or none, or skips them; answers which are held back for the check',
        body: labelBody,
        response: {
          200: z.object({ heldBack: z.array(z.string()), remaining: z.int().nonnegative() }),
          '4xx': errorSchema,
        },
      },
    },
    async ({ body, principal }) => {
      const by = principal?.user ?? undefined;
      const done = 'label' in body ? device.teaching.label(body.ids, body.label, by) : device.teaching.skip(body.ids);
      const { heldBack, remaining } = await done;
      return { heldBack: [...heldBack], remaining };
    },
  );

  app.post(
    '/api/teach/undo',
    {
      schema: {
        description: 'Takes back the last label, skip, confirmation or import that was not taken back yet',
        response: {
          200: z.object({
            undone: z
              .object({ crops: z.array(teachingCropSchema), label: z.exactOptional(classNameSchema) })
              .nullable(),
          }),
          '4xx': errorSchema,
        },
      },
    },
    async () => {
      const undone = await device.teaching.undo();
      if (undone === undefined) return { undone: null };
      const { crops, label } = undone;
      return { undone: { crops: [...crops], ...(label === undefined ? {} : { label }) } };
    },
  );

  app.get(
    '/api/teach/doubts',
    {
      config: { role: 'admin' },
      schema: {
        description: 'Labels that the model contradicts with confidence, to be looked at once more before learning',
        response: { 200: z.object({ crops: z.array(doubtSchema) }), '4xx': errorSchema },
      },
    },
    async () => ({ crops: [...(await device.teaching.teacher.doubts())] }),
  );

  app.post(
    '/api/teach/confirm',
    {
      schema: {
        description: 'Keeps labels that the model contradicts',
        body: z.strictObject({ ids: idsSchema }),
        response: { 204: z.null(), '4xx': errorSchema },
      },
    },
    async ({ body: { ids } }, reply) => {
      await device.teaching.confirm(ids);
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/teach/classes',
    {
      schema: {
        description: 'What a crop can be, besides none; null for what the model tells apart',
        body: z.strictObject({ classes: z.nullable(classesSchema) }),
        response: { 200: teachingStateSchema, '4xx': errorSchema },
      },
    },
    async ({ body: { classes } }) => {
      await device.teaching.setClasses(classes);
      return device.teaching.state();
    },
  );

  app.post(
    '/api/teach/upload',
    {
      bodyLimit: MAX_FILE_BYTES,
      schema: {
        description: 'Puts all that is found in pictures, the files of a multipart/form-data request, into the queue',
        consumes: ['multipart/form-data'],
        response: { 200: z.object({ added: z.int().nonnegative() }), '4xx': errorSchema },
      },
    },
    async (request) => {
      let added = 0;
      const files = request.files({ limits: { files: MAX_UPLOADED_FILES, fileSize: MAX_FILE_BYTES } });
      for await (const file of files) added += await device.teaching.upload(await file.toBuffer(), file.filename);
      return { added };
    },
  );

  app.post(
    '/api/teach/look',
    {
      schema: {
        description: 'Puts all that is in view now into the queue, also what is read with confidence',
        response: { 200: z.object({ added: z.int().nonnegative() }), '4xx': errorSchema },
      },
    },
    async () => ({ added: await device.teaching.look() }),
  );

  app.get(
    '/api/teach/export',
    {
      schema: {
        description: 'All labels as a tar file: an MNIST idx pair, or folders by class',
        querystring: z.object({ form: z.enum(EXCHANGE_FORMS).default('idx') }),
      },
    },
    async ({ query: { form } }, reply) => {
      const packed = await device.teaching.export(form);
      reply.header('content-disposition', `attachment; filename="inkcast-${device.name}-${form}.tar"`);
      return reply.type('application/x-tar').send(packed);
    },
  );

  app.post(
    '/api/teach/import',
    {
      bodyLimit: MAX_FILE_BYTES,
      schema: {
        description: 'Takes in what export answers, the one file of a multipart/form-data request',
        consumes: ['multipart/form-data'],
        response: { 200: z.object({ added: z.int().nonnegative() }), '4xx': errorSchema },
      },
    },
    async (request) => {
      const file = await request.file({ limits: { files: 1, fileSize: MAX_FILE_BYTES } });
      if (file === undefined) throw new InkError('INK_REQUEST_INVALID', 'The request holds no file.');
      return { added: await device.teaching.import(await file.toBuffer()) };
    },
  );

  for (const [path, description, work] of [
    ['learn', 'Learns from the labels, while the device goes on reading', () => device.teaching.teacher.learn()],
    ['cancel', 'Ends the learning that runs; nothing of it is left', () => device.teaching.teacher.cancel()],
  ] as const) {
    app.post(
      `/api/teach/${path}`,
      { schema: { description, response: { 202: acceptedSchema, '4xx': errorSchema } } },
      async (_, reply) => {
        await work();
        return reply.code(202).send(ACCEPTED);
      },
    );
  }

  app.get(
    '/api/teach/candidate/changes',
    {
      schema: {
        description: 'Labelled crops that only the candidate reads right, and those that only the model in use does',
        response: { 200: teachingChangesSchema, '4xx': errorSchema },
      },
    },
    async () => device.teaching.teacher.changes(),
  );

  for (const [path, description, work] of [
    [
      'swap',
      'Reads with the candidate from the next frame on, where it has passed',
      () => device.teaching.teacher.swap(),
    ],
    ['undo-swap', 'Reads with the model from before the last swap again', () => device.teaching.teacher.undoSwap()],
  ] as const) {
    app.post(
      `/api/teach/${path}`,
      { schema: { description, response: { 200: teachingStateSchema, '4xx': errorSchema } } },
      async () => {
        await work();
        return device.teaching.state();
      },
    );
  }

  app.delete(
    '/api/teach',
    {
      schema: {
        description: 'Deletes every crop and every label',
        response: { 200: z.object({ deleted: z.int().nonnegative() }), '4xx': errorSchema },
      },
    },
    async () => ({ deleted: await device.teaching.purge() }),
  );
}
