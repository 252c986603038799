import { configure } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expose } from 'comlink';
import { StorageService } from './StorageService.ts';

// This is a worker already, and the page's policy allows no blob: workers.
configure({ useWebWorkers: false });
expose(new StorageService());
