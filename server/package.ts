import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('meeting-chat/package.json');

/** The package's folder, whether this runs built or from source. */
const packageFolder = dirname(manifest);
export const widgetFolder = join(packageFolder, 'dist', 'widget');
export const demoFolder = join(packageFolder, 'demo');
export const version = String((JSON.parse(readFileSync(manifest, 'utf8')) as { version: unknown }).version);
