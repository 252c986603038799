import { engine } from '../../engine/client.ts';
import type { FinetuneEngine } from '../../engine/finetune/protocol.ts';
import type { Engine } from '../../engine/protocol.ts';

/** The engine as the fine-tuning tab sees it. */
export const finetuneEngine = engine as Engine & FinetuneEngine;
