// The shape of the settings, for the client. Declared in settings.ts, with their texts and defaults.

export type { LanguageFeatures, Settings } from '../settings';
