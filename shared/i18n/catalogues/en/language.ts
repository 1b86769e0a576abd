import type { Language } from '../../language';

export const language: Language = { name: 'English', direction: 'ltr', tag: 'en-GB', letters: {}, comma: ',' };
