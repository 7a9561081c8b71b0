import type {
  CheckMessage,
  DeviceState,
  HistoryMessage,
  LiveHeader,
  PartState,
  referenceSchema,
  regionPreviewSchema,
  SessionMessage,
  SetupAnswers,
  savedSettingsSchema,
  settingsSchema,
  settingsVersionsSchema,
  WebSetup,
} from '@inkcast/device/web';
import type { ErrorCode } from '@inkcast/shared/errors';
import type { ExplainedCandidate, Explanation } from '@inkcast/shared/explanation';
import type { ReadingMessage, ResponseData } from '@inkcast/shared/messages';
import type { z } from 'zod';

// What the device answers, by the schemas that it answers by. Only types are imported: the page holds none of its code.

export type {
  CheckMessage,
  DeviceState,
  ErrorCode,
  ExplainedCandidate,
  Explanation,
  LiveHeader,
  PartState,
  SessionMessage,
  SetupAnswers,
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Problem = DeviceState['problems'][number];
export type LiveReading = LiveHeader['readings'][number];
/** A page of what was read before. */
export type HistoryPage = HistoryMessage;
export type HistoryEvent = HistoryPage['events'][number];
/** How the view lies beside the reference picture. */
export type ReferenceState = z.output<typeof referenceSchema>;
export type Reading = ReadingMessage;
export type Settings = z.output<typeof settingsSchema>;
export type Setting = Settings['keys'][number];
export type SavedSettings = z.output<typeof savedSettingsSchema>;
export type SettingsVersion = z.output<typeof settingsVersionsSchema>['versions'][number];
/** Why nothing can be saved. */
export type Refusal = NonNullable<Settings['unwritable']>;
/** What is seen and read through a shape that is not saved yet. */
export type RegionPreview = z.output<typeof regionPreviewSchema>;
export type Model = ResponseData<'model'>['models'][number];
/** The last reading that the rules have accepted. */
export type AcceptedValue = ResponseData<'value'>;
/** What the first steps offer. */
export type SetupOffer = Awaited<ReturnType<WebSetup['choices']>>;
