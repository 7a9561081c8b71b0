import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { PictureOnChange } from '@inkcast/device/daemon';
import { InkError } from '@inkcast/shared/errors';

/** Pictures on change that count their publications. */
class Show extends EventEmitter<{ published: []; problem: [problem: InkError] }> {
  readonly settings = { onChange: true, minIntervalSeconds: 0.05 };
  readonly pictures: PictureOnChange;
  published = 0;
  failing = false;

  constructor() {
    super();
    this.pictures = new PictureOnChange({
      settings: () => this.settings,
      publish: async () => {
        this.published++;
        this.emit('published');
        if (this.failing) throw new InkError('INK_INTERNAL', 'No picture.');
      },
      onProblem: (problem) => this.emit('problem', problem),
    });
  }
}

describe('a picture on change', () => {
  it('is one for many changes that come together, and another after its time', async () => {
    const show = new Show();
    for (let change = 0; change < 10; change++) show.pictures.changed();
    await once(show, 'published');
    // A timer for half of the time that begins now ends before the next publication, however busy the machine is.
    let isHalfOver = false;
    setTimeout(() => {
      isHalfOver = true;
    }, 500 * show.settings.minIntervalSeconds);
    for (let change = 0; change < 10; change++) show.pictures.changed();
    await once(show, 'published');
    assert.ok(isHalfOver);
    assert.equal(show.published, 2);
    show.pictures.stop();
  });

  it('is none while it is off, which may change at any time', async () => {
    const show = new Show();
    show.settings.onChange = false;
    show.pictures.changed();
    show.settings.onChange = true;
    show.pictures.changed();
    await once(show, 'published');
    assert.equal(show.published, 1);
    show.pictures.stop();
  });

  it('that fails is told, and the next change brings one', async () => {
    const show = new Show();
    show.failing = true;
    show.pictures.changed();
    const [problem] = await once(show, 'problem');
    assert.equal(problem.code, 'INK_INTERNAL');
    show.failing = false;
    show.pictures.changed();
    await once(show, 'published');
    show.pictures.stop();
  });
});
