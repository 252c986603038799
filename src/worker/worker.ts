import * as Comlink from 'comlink';
import { AnysizeEngine } from './engine.ts';

Comlink.expose(new AnysizeEngine());
