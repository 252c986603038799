import { AnysizeError, messageOf } from '../../core/errors.ts';
import { fetchImageNet } from './imagenet.ts';
import { buildImageNetModel, type ImageNetModel } from './imagenetModel.ts';
import { pause } from '../../core/pause.ts';
import type { LabelsState } from '../../core/model.ts';
import type { LabelFiles, LabelsSource } from '../api.ts';

/** An image waits for the labels' download while bytes come, and this long after the last one. */
const SILENCE_MS = 6_000;

const UNAVAILABLE = 'ImageNet’s names could not be fetched.';

/** The optional ImageNet labels: fetched on first need, kept as files, built anew on each backend. */
export class Labels {
  private current: LabelsState = { status: 'idle' };
  /** When the state last changed. */
  private heardAt = 0;
  private loading: Promise<LabelsState> | null = null;
  private source: LabelsSource | undefined;
  private files: LabelFiles | null = null;

  /**
   * @param emit told of every change of state
   * @param install builds the model (by {@link build}) on the backend that runs, and puts it to use
   */
  constructor(
    private readonly emit: (state: LabelsState) => void,
    private readonly install: () => Promise<ImageNetModel>,
  ) {}

  /** True when a backend that starts anew should have them: also when they could not be built on a device that was lost meanwhile. */
  get wanted(): boolean {
    return this.files !== null && this.current.status !== 'loading';
  }

  /** Fetches the labels unless they are there or a try has failed; `again` tries once more. */
  load(source?: LabelsSource, again = false): Promise<LabelsState> {
    if (this.loading) return this.loading;
    if (this.current.status === 'ready' && !source) return Promise.resolve(this.current);
    if (this.current.status === 'unavailable' && !again && !source) return Promise.resolve(this.current);
    if (source) this.source = source;
    this.loading = this.fetch().finally(() => (this.loading = null));
    return this.loading;
  }

  /**
   * As {@link load}, but no longer than the network is silent: a state that is still `loading` means that no byte came for
   * {@link SILENCE_MS}. The fetch goes on.
   */
  async loadUnlessSilent(source?: LabelsSource, again = false): Promise<LabelsState> {
    const loaded = this.load(source, again);
    for (;;) {
      const silent = performance.now() - this.heardAt;
      const now = this.current;
      // Once all is fetched the model is being built, which only takes as long as the backend is slow.
      if (silent >= SILENCE_MS && now.status === 'loading' && now.fraction < 1) return now;
      const state = await Promise.race([loaded, pause(Math.max(100, SILENCE_MS - silent))]);
      if (state) return state;
    }
  }

  /** Where the next fetch looks first. */
  setSource(source: LabelsSource): void {
    this.source = source;
  }

  /** The official model's files, for another engine; null where they were not fetched. */
  get fetched(): LabelFiles | null {
    return this.files;
  }

  /** Takes files that another engine has fetched. @throws AnysizeError `BadModel` */
  async take(files: LabelFiles): Promise<void> {
    this.files = files;
    const model = await this.install();
    this.set({ status: 'ready', source: model.source });
  }

  /** The model on the backend that runs, from the files fetched. */
  async build(): Promise<ImageNetModel> {
    if (!this.files) throw new AnysizeError('LabelsUnavailable', 'The ImageNet model was not fetched.');
    return buildImageNetModel(this.files.files, this.files.source);
  }

  /** After a backend started anew: whether the model could be built on it. */
  rebuilt(model: ImageNetModel | null | undefined): void {
    this.set(
      model
        ? { status: 'ready', source: model.source }
        : { status: 'unavailable', reason: UNAVAILABLE, details: 'They did not start again on this backend.' },
    );
  }

  private async fetch(): Promise<LabelsState> {
    this.set({ status: 'loading', fraction: 0 });
    try {
      this.files = await fetchImageNet({
        ...(this.source ? { source: this.source } : {}),
        onProgress: (fraction) => this.set({ status: 'loading', fraction }),
      });
      const model = await this.install();
      this.set({ status: 'ready', source: model.source });
    } catch (error) {
      this.set({ status: 'unavailable', reason: UNAVAILABLE, details: messageOf(error) });
    }
    return this.current;
  }

  private set(state: LabelsState): void {
    this.current = state;
    this.heardAt = performance.now();
    this.emit(state);
  }
}
