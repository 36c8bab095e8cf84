import { composer } from './composer.ts';
import { messageParts } from './message-parts.ts';
import { messages } from './messages.ts';
import { panel } from './panel.ts';
import { theme } from './theme.ts';

export const sheets = [theme, panel, messages, messageParts, composer];
