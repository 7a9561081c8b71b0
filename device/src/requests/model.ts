import { InkError } from '@inkcast/shared/errors';
import type { Request } from '@inkcast/shared/messages';
import type { DeviceControl } from './device-control.js';
import { fetchBundle } from './fetch-bundle.js';
import type { RequestHandler } from './request-handler.js';
import { withUnpackedBundle } from './unpack-bundle.js';

export const modelHandler =
  (device: DeviceControl): RequestHandler<'model'> =>
  async (request) => {
    if (request.action === 'use') await device.useModel(request.model);
    if (request.action === 'install') await install(device, request);
    return { models: [...(await device.models())] };
  };

type InstallRequest = Extract<Request<'model'>, { action: 'install' }>;

async function install(device: DeviceControl, { url, bundle, sha256, use }: InstallRequest): Promise<void> {
  const packed = await packedBundle(url, bundle);
  const reference = await withUnpackedBundle(packed, sha256, (folder) => device.installModel(folder));
  if (use) await device.useModel(reference);
}

async function packedBundle(url: string | undefined, bundle: string | undefined): Promise<Buffer> {
  if (url !== undefined && bundle === undefined) return fetchBundle(url);
  if (bundle !== undefined && url === undefined) return Buffer.from(bundle, 'base64');
  throw new InkError('INK_REQUEST_INVALID', 'To install a model, give either url or bundle.');
}
