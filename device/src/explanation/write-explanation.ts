import { basename } from 'node:path';
import type { Explanation } from '@inkcast/shared/explanation';
import { replaceFile } from '@inkcast/shared/files';
import { explanationPage } from './explanation-page.js';

/**
 * Writes an explanation as a page and as JSON, each atomically.
 *
 * @param path of both, without their endings `.html` and `.json`
 * @throws InkError INK_FILE_UNWRITABLE
 */
export async function writeExplanation(path: string, explanation: Explanation): Promise<void> {
  await replaceFile(`${path}.json`, `${JSON.stringify(explanation)}\n`);
  await replaceFile(`${path}.html`, explanationPage(explanation, basename(explanation.file)));
}
